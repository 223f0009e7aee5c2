using Microsoft.Extensions.DependencyInjection;
using Nagare.Storage;
using static Nagare.ExpectedVersion;

namespace Nagare.Testing;

/// <summary>N 1–5: named journals, one a tenant, opened by one host.</summary>
internal static class TenantScenarios
{
    private static readonly string[] HostileNames =
    [
        "", " ", "..", "../x", "a/b", "a\\b", "/etc/passwd", "a.db", "A", "Acme", "acme ", " acme", "é", "ａ", "a\0b", "a\nb", "a;drop schema nagare", "a\"b", "a'b", "a`b", "[a]", "a-b",
        "a?mode=memory", "a%2e", new('a', JournalName.MaxLength + 1),
    ];

    public static IReadOnlyList<ConformanceScenario> All { get; } =
    [
        Of("N1", "By no verb does anything of one tenant reach another", NothingCrosses),
        Of("N2", "A hostile name is a typed error, and opens and creates nothing", HostileNamesAreRefused),
        Of("N3", "A bounded number is open, those that idle make room, and what they hold is there again", BoundedNumberIsOpen),
        Of("N4", "Whoever opens a name at the same time gets one and the same journal", OneJournalPerName),
        Of("N5", "With the host all journals close", ClosedWithTheHost),
    ];

    private static StreamId Stream { get; } = new(Appends.Family, "theirs");

    private static ConformanceScenario Of(string number, string name, Func<JournalUnderTest, Task> body) =>
        ConformanceScenario.Of(ConformanceGroup.Tenants, number, name, body, JournalCapabilities.NamedJournals);

    private static async Task NothingCrosses(JournalUnderTest journal)
    {
        const string Promised = "what one tenant stored reaches no other";
        const string Correlation = "correlation-of-both", Subject = "subject-of-both";
        CausationId cause = "request-of-both";
        var journals = journal.NamedJournals(new NamedJournalsOptions());
        var other = await journals.Open("other", journal.Cancellation).ConfigureAwait(false);
        await using (other.ConfigureAwait(false))
        {
            var stored = await other.Journal.Append(
                new AppendRequest
                {
                    AppendId = Guid.CreateVersion7(),
                    Streams = [new StreamAppend(Stream, NoStream, [.. Enumerable.Range(0, 2 * ConformanceModel.SnapshotEvery).Select(i => new NewEvent(new ConformanceEvent.Noted($"{TenantCrossing.Secret} {i}")))])],
                    Metadata = new EventMetadata { CorrelationId = Correlation, Subject = Subject, CausationId = cause, OccurredAt = DateTimeOffset.UnixEpoch },
                },
                journal.Cancellation).ConfigureAwait(false);
            await other.Repository<Tally>().Load(Stream, journal.Cancellation).ConfigureAwait(false);
            var before = await Rows(other, journal.Cancellation).ConfigureAwait(false);
            foreach (var (verb, attempt) in TenantVerbs.All.OrderBy(verb => verb.Key, StringComparer.Ordinal))
            {
                var own = await journals.Open("own", journal.Cancellation).ConfigureAwait(false);
                await using (own.ConfigureAwait(false))
                {
                    var got = await attempt(new TenantCrossing(own, Stream, stored, Correlation, Subject, cause, journal.Cancellation)).ConfigureAwait(false);
                    Promise.That(!got.Contains(TenantCrossing.Secret, StringComparison.Ordinal), Promised, $"{verb} gave {got}");
                }

                Promise.Same(before, await Rows(other, journal.Cancellation).ConfigureAwait(false), Promised, $"the other tenant's journal after {verb}");
            }
        }
    }

    private static async Task HostileNamesAreRefused(JournalUnderTest journal)
    {
        var journals = journal.NamedJournals(new NamedJournalsOptions());
        foreach (var name in HostileNames)
        {
            var refused = await Promise.Throws<InvalidJournalNameException>(() => journals.Open(name, journal.Cancellation).AsTask(), "a hostile name is refused with its own error", $"opening '{name}'").ConfigureAwait(false);
            Promise.Equal(name, refused.Text, "the error says which", "its text");
        }

        foreach (var name in new[] { "a", "0", "_", "con", "nul", "select", "pg_catalog", new('a', JournalName.MaxLength) })
        {
            var opened = await journals.Open(name, journal.Cancellation).ConfigureAwait(false);
            await using (opened.ConfigureAwait(false))
            {
                Promise.Equal(new Position(0), await opened.Journal.Head(journal.Cancellation).ConfigureAwait(false), "every other name is a journal", $"the head of '{name}'");
            }
        }
    }

    private static async Task BoundedNumberIsOpen(JournalUnderTest journal)
    {
        const string Promised = "a bounded number of journals is open, and what a closed one holds is there again";
        var journals = journal.NamedJournals(new NamedJournalsOptions { MaxOpen = 2, MaxWait = TimeSpan.FromMilliseconds(50) });
        for (var round = 1; round <= journal.Settings.Rounds; round++)
        {
            foreach (var name in new[] { "a", "b", "c" })
            {
                var opened = await journals.Open(name, journal.Cancellation).ConfigureAwait(false);
                await using (opened.ConfigureAwait(false))
                {
                    var result = await opened.Repository<Tally>().Append(Stream, At(round - 1), [new ConformanceEvent.Noted(name)], journal.Cancellation).ConfigureAwait(false);
                    Promise.Equal(new Position(round), result.LastPosition, Promised, $"the position in '{name}'");
                }
            }
        }

        var a = await journals.Open("a", journal.Cancellation).ConfigureAwait(false);
        var b = await journals.Open("b", journal.Cancellation).ConfigureAwait(false);
        var exhausted = await Promise.Throws<NamedJournalsExhaustedException>(() => journals.Open("c", journal.Cancellation).AsTask(), Promised, "a third while two are in use").ConfigureAwait(false);
        Promise.Equal(2, exhausted.Limit, "the error says how many", "its limit");
        await a.DisposeAsync().ConfigureAwait(false);
        await (await journals.Open("c", journal.Cancellation).ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        await b.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task OneJournalPerName(JournalUnderTest journal)
    {
        const string Promised = "one name is one journal, whoever opens it when";
        var journals = journal.NamedJournals(new NamedJournalsOptions());
        var results = await Task.WhenAll(Enumerable.Range(0, journal.Settings.Writers).Select(async i =>
        {
            var opened = await journals.Open($"n{i % 2}", journal.Cancellation).ConfigureAwait(false);
            await using (opened.ConfigureAwait(false))
            {
                return (opened.Name, Result: await opened.Journal.Append(Stream, Any, [new ConformanceEvent.Counted(i)], journal.Cancellation).ConfigureAwait(false));
            }
        })).ConfigureAwait(false);
        foreach (var one in results.GroupBy(result => result.Name))
        {
            Promise.Same([.. Enumerable.Range(1, one.Count()).Select(i => (long)i)], [.. one.Select(result => result.Result.LastPosition.Value).Order()], Promised, $"positions in '{one.Key}'");
        }
    }

    private static async Task ClosedWithTheHost(JournalUnderTest journal)
    {
        var journals = journal.NamedJournals(new NamedJournalsOptions());
        var held = await journals.Open("held", journal.Cancellation).ConfigureAwait(false);
        var inner = held.Journal;
        await inner.Append(Stream, NoStream, [new ConformanceEvent.Counted(1)], journal.Cancellation).ConfigureAwait(false);
        await ((IAsyncDisposable)journals).DisposeAsync().ConfigureAwait(false);
        await Promise.Throws<ObjectDisposedException>(() => inner.Append(Stream, Any, [new ConformanceEvent.Counted(2)], journal.Cancellation).AsTask(), "with the host all journals close", "an append after the host's end").ConfigureAwait(false);
        await Promise.Throws<ObjectDisposedException>(() => journals.Open("held", journal.Cancellation).AsTask(), "with the host all journals close", "an opening after the host's end").ConfigureAwait(false);
        await held.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task<IReadOnlyList<string>> Rows(NamedJournal journal, CancellationToken cancellationToken) =>
        [.. (await journal.Services.GetRequiredService<IJournalStorage>().All(cancellationToken).ConfigureAwait(false)).Select(History.Whole)];
}
