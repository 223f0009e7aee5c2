namespace Nagare;

/// <summary>An event in plain words.</summary>
public sealed record Explanation
{
    /// <summary>Explains an event.</summary>
    /// <param name="title">What happened, in a few words.</param>
    /// <param name="summary">One or two sentences more; may be empty.</param>
    /// <param name="tags">Names and values to filter and group by.</param>
    public Explanation(string title, string summary = "", params (string Key, string Value)[] tags)
    {
        Title = title;
        Summary = summary;
        Tags = tags;
    }

    /// <summary>What happened, in a few words.</summary>
    public string Title { get; init; }

    /// <summary>One or two sentences more; may be empty.</summary>
    public string Summary { get; init; }

    /// <summary>Whatever else helps, at any length; null for nothing.</summary>
    public string? Detail { get; init; }

    /// <summary>Who acted; null leaves it to the metadata.</summary>
    public string? Actor { get; init; }

    /// <summary>Names and values to filter and group by.</summary>
    public IReadOnlyList<(string Key, string Value)> Tags { get; init; }

    /// <summary>"Title: summary".</summary>
    public override string ToString() => Summary.Length == 0 ? Title : $"{Title}: {Summary}";

    /// <summary>Compares all texts and the tags in their order.</summary>
    public bool Equals(Explanation? other) =>
        other is not null && Title == other.Title && Summary == other.Summary && Detail == other.Detail && Actor == other.Actor && Tags.SequenceEqual(other.Tags);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Title, Summary, Detail, Actor, Tags.Count);
}
