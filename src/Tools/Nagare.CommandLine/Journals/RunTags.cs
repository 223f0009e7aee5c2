namespace Nagare.CommandLine;

/// <summary>What the explanations of events say under one tag, such as how a run ended. The last one said in a correlation holds for all of it.</summary>
internal sealed class RunTags
{
    private readonly Dictionary<string, string?> _valueByCorrelation = new(StringComparer.Ordinal);

    private RunTags(string tag) => Tag = tag;

    /// <summary>The tag.</summary>
    public string Tag { get; }

    /// <summary>How many correlations have each value.</summary>
    public IReadOnlyList<TagCount> Correlations => Count(_valueByCorrelation.Values);

    /// <summary>Reads them. Every event of the scope is explained.</summary>
    /// <exception cref="CommandException">No event has the tag, so it is probably a slip.</exception>
    public static async Task<RunTags> Read(OpenJournal opened, JournalScope scope, string tag, CancellationToken cancellationToken)
    {
        var tags = new RunTags(tag);
        var explanations = opened.Explanations;
        await foreach (var envelope in opened.Journal.Read(scope, cancellationToken).ConfigureAwait(false))
        {
            var correlation = Correlation(envelope);
            tags._valueByCorrelation.TryAdd(correlation, null);
            foreach (var (key, value) in explanations.Explain(envelope).Tags)
            {
                if (key == tag)
                {
                    tags._valueByCorrelation[correlation] = value;
                }
            }
        }

        return tags._valueByCorrelation.Count == 0 || tags._valueByCorrelation.Values.Any(static value => value is not null)
            ? tags
            : throw new CommandException(ExitCode.NotFound, $"no event has a tag '{tag}'");
    }

    /// <summary>How many of these runs, each named by one of its events, have each value.</summary>
    public IReadOnlyList<TagCount> Count(IEnumerable<Envelope> runs) => Count(runs.Select(e => _valueByCorrelation.GetValueOrDefault(Correlation(e))));

    private static string Correlation(Envelope e) => e.Metadata.CorrelationId ?? e.StreamId.ToString();

    // Ordinal, what has no value last.
    private static TagCount[] Count(IEnumerable<string?> values) =>
        [.. values.GroupBy(static value => value).Select(static group => new TagCount(group.Key, group.Count())).OrderBy(static count => count.Value is null).ThenBy(static count => count.Value, StringComparer.Ordinal)];
}

/// <summary>How many have a value.</summary>
/// <param name="Value">The value; null for those without the tag.</param>
/// <param name="Runs">How many.</param>
internal sealed record TagCount(string? Value, int Runs)
{
    /// <summary>"false 17".</summary>
    public override string ToString() => $"{Value ?? "unknown"} {Count.Number(Runs)}";
}
