using Nagare.Storage;

namespace Nagare.CommandLine;

/// <summary>Finds the stream that a user means.</summary>
/// <remarks>
/// In this order: the whole id, <c>category/id</c>; an id alone, in the category of a registered family; and, by reading the journal,
/// the last part of an id or the beginning of any part, where only one stream has it.
/// </remarks>
internal sealed class RunFinder(OpenJournal opened, string? mainCategory)
{
    private const int MaxCandidatesShown = 5;

    /// <summary>The stream's first event.</summary>
    /// <exception cref="CommandException">No stream is meant, or it is not clear which.</exception>
    public async Task<Envelope> Find(string text, CancellationToken cancellationToken)
    {
        if (StreamId.TryParse(text, out var whole) && await First(whole, cancellationToken).ConfigureAwait(false) is { } named)
        {
            return named;
        }

        var found = new List<StreamId>();
        foreach (var family in opened.Model.Families)
        {
            if (StreamId.TryParse($"{family.Name}/{text}", out var id) && await First(id, cancellationToken).ConfigureAwait(false) is not null)
            {
                found.Add(id);
            }
        }

        var meant = Only(text, found) ?? await FindByPart(text, cancellationToken).ConfigureAwait(false);
        return meant is { } stream && await First(stream, cancellationToken).ConfigureAwait(false) is { } first
            ? first
            : throw new CommandException(ExitCode.NotFound, $"there is no run '{text}' in {opened.Name}");
    }

    private async Task<StreamId?> FindByPart(string text, CancellationToken cancellationToken)
    {
        var whole = new List<StreamId>();
        var begun = new List<StreamId>();
        foreach (var stream in await StreamListing.Read(opened.Storage, category: null, StoredDetail.Fold, progress: null, cancellationToken).ConfigureAwait(false))
        {
            switch (Compare(stream.StreamId.ToString(), text))
            {
                case Likeness.Whole:
                    whole.Add(stream.StreamId);
                    break;
                case Likeness.Beginning:
                    begun.Add(stream.StreamId);
                    break;
            }
        }

        return Only(text, whole) ?? Only(text, begun);
    }

    private StreamId? Only(string text, List<StreamId> found)
    {
        if (found.Count > 1 && found.FindAll(stream => stream.Category == mainCategory) is [var main])
        {
            return main;
        }

        return found switch
        {
            [] => null,
            [var only] => only,
            _ => throw new CommandException(ExitCode.NotFound, $"'{text}' fits {Count.Of(found.Count, "run")}: {Names(found)}"),
        };
    }

    private static string Names(List<StreamId> found)
    {
        var names = string.Join(", ", found.Take(MaxCandidatesShown));
        return found.Count > MaxCandidatesShown ? $"{names} and {Count.Number(found.Count - MaxCandidatesShown)} more" : names;
    }

    private static Likeness Compare(string id, string text)
    {
        for (var part = 0; part >= 0;)
        {
            if (id.AsSpan(part).StartsWith(text, StringComparison.Ordinal))
            {
                return id.Length - part == text.Length ? Likeness.Whole : Likeness.Beginning;
            }

            var slash = id.IndexOf('/', part);
            part = slash < 0 ? -1 : slash + 1;
        }

        return Likeness.None;
    }

    private async ValueTask<Envelope?> First(StreamId id, CancellationToken cancellationToken)
    {
        await foreach (var envelope in opened.Journal.Read(JournalScope.Of(id), cancellationToken).ConfigureAwait(false))
        {
            return envelope;
        }

        return null;
    }

    private enum Likeness
    {
        None,
        Beginning,
        Whole,
    }
}
