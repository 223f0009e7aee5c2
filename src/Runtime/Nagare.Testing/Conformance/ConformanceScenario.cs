namespace Nagare.Testing;

/// <summary>One promise that every journal keeps, with the way to try it.</summary>
/// <param name="Group">What it is about.</param>
/// <param name="Number">Its number in the catalogue: <c>A4</c>, <c>R15</c>. Several scenarios may share one.</param>
/// <param name="Name">The promise as a sentence, unique within the suite.</param>
/// <param name="Run">Tries it on places of its own. Ends in <see cref="ConformanceException"/> where the promise is broken, in <see cref="CapabilityMissingException"/> where it cannot be tried.</param>
public sealed record ConformanceScenario(ConformanceGroup Group, string Number, string Name, Func<IJournalFixture, CancellationToken, Task> Run)
{
    /// <summary>What a fixture must enrol.</summary>
    public JournalCapabilities Needs { get; init; }

    /// <summary>Whether this fixture enrols what the scenario needs.</summary>
    public bool IsEnrolledBy(IJournalFixture fixture)
    {
        ArgumentNullException.ThrowIfNull(fixture);
        return fixture.Capabilities.HasFlag(Needs);
    }

    /// <summary><c>A4: The same append id again, at once, gets the same answer.</c></summary>
    public override string ToString() => $"{Number}: {Name}";

    internal static ConformanceScenario Of(ConformanceGroup group, string number, string name, Func<JournalUnderTest, Task> body, JournalCapabilities needs = JournalCapabilities.None) =>
        new(group, number, name, (fixture, cancellationToken) => RunBody($"{number}: {name}", needs, fixture, body, cancellationToken)) { Needs = needs };

    private static async Task RunBody(string scenario, JournalCapabilities needs, IJournalFixture fixture, Func<JournalUnderTest, Task> body, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fixture);
        if (!fixture.Capabilities.HasFlag(needs))
        {
            throw new CapabilityMissingException(scenario, fixture.Name, needs & ~fixture.Capabilities);
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var journal = await JournalUnderTest.Create(fixture, patience.Token).ConfigureAwait(false);
        var isHung = false;
        try
        {
            // WaitAsync besides the token: a storage that hangs may not look at its token either.
            await body(journal).WaitAsync(fixture.Settings.Patience, fixture.Settings.Clock, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            isHung = true;
            await patience.CancelAsync().ConfigureAwait(false);
            throw new ConformanceException("every call ends, whatever others do", $"'{scenario}' made no end within {fixture.Settings.Patience.TotalSeconds:0} s", e);
        }
        finally
        {
            // What hangs cannot be closed either: it is left behind rather than waited for.
            if (!isHung)
            {
                await journal.DisposeAsync().ConfigureAwait(false);
            }
        }
    }
}

/// <summary>What scenarios are about.</summary>
public enum ConformanceGroup
{
    /// <summary>Appending and concurrency: A 1–12.</summary>
    Append,

    /// <summary>The order over the whole journal: B 13–20, 22.</summary>
    Feed,

    /// <summary>State, evolution, export: D 32–35, 37, 38.</summary>
    State,

    /// <summary>What each read path gives: P 1–8.</summary>
    Reading,

    /// <summary>Input that breaks databases: H 1–7.</summary>
    Hostile,

    /// <summary>Transactions shared with the caller: T 1–10.</summary>
    Transactions,

    /// <summary>Named journals: N 1–5.</summary>
    Tenants,

    /// <summary>What holds over a whole history of calls: R 1–3, 5, 14, 15.</summary>
    Reliability,
}
