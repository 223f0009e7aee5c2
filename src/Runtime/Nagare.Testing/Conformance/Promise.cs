using System.Diagnostics.CodeAnalysis;

namespace Nagare.Testing;

/// <summary>The checks of the suite: each states a promise, and shows what was found where it is not kept.</summary>
internal static class Promise
{
    private const int MaxShownDifferences = 5;

    public static void That([DoesNotReturnIf(false)] bool isKept, string promised, string found)
    {
        if (!isKept)
        {
            throw new ConformanceException(promised, found);
        }
    }

    public static void Equal<T>(T expected, T actual, string promised, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new ConformanceException(promised, $"{what}: expected {expected}, found {actual}");
        }
    }

    /// <summary>The same values in the same order.</summary>
    public static void Same<T>(IReadOnlyList<T> expected, IReadOnlyList<T> actual, string promised, string what)
    {
        var differences = Enumerable.Range(0, Math.Max(expected.Count, actual.Count))
            .Where(i => i >= expected.Count || i >= actual.Count || !EqualityComparer<T>.Default.Equals(expected[i], actual[i]))
            .Take(MaxShownDifferences + 1)
            .Select(i => $"[{i}] expected {Show(expected, i)}, found {Show(actual, i)}")
            .ToList();
        if (differences.Count > MaxShownDifferences)
        {
            differences[^1] = "…";
        }

        That(differences.Count == 0, promised, $"{what}: {expected.Count} expected, {actual.Count} found; {string.Join("; ", differences)}");

        static string Show(IReadOnlyList<T> list, int i) => i < list.Count ? $"{list[i]}" : "nothing";
    }

    /// <summary>The call ends in this error and in no other.</summary>
    public static async Task<TException> Throws<TException>(Func<Task> call, string promised, string what)
        where TException : Exception
    {
        try
        {
            await call().ConfigureAwait(false);
        }
        catch (TException e)
        {
            return e;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new ConformanceException(promised, $"{what} ended in {e.GetType().Name} instead of {typeof(TException).Name}: {e.Message}", e);
        }

        throw new ConformanceException(promised, $"{what} succeeded instead of ending in {typeof(TException).Name}");
    }
}
