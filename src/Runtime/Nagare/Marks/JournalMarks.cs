using Nagare.Storage;

namespace Nagare;

/// <summary>Takes marks of a journal, and tells whether the journal still holds what a mark saw.</summary>
/// <param name="storage">The journal.</param>
public sealed class JournalMarks(IJournalStorage storage)
{
    /// <summary>The mark of the newest event. Keep it where a restore of the database does not reach: with a projection elsewhere, in a file, in another database.</summary>
    public async ValueTask<JournalMark> Newest(CancellationToken cancellationToken = default)
    {
        var head = await storage.ReadHead(cancellationToken).ConfigureAwait(false);
        return await At(head.Position, cancellationToken).ConfigureAwait(false) ?? JournalMark.Start;
    }

    /// <summary>
    /// Refuses a journal that ends before a mark, or holds another event there: an older backup was restored, and perhaps written on since. Whatever
    /// follows the journal by position has to stop, because the positions after the backup's end will be given to other events.
    /// </summary>
    /// <exception cref="JournalBehindException">The journal does not hold what the mark saw.</exception>
    public async ValueTask EnsureNotBehind(JournalMark mark, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(mark);
        if (mark.Position.Value == 0)
        {
            return;
        }

        if (await At(mark.Position.Value, cancellationToken).ConfigureAwait(false) is not { } found)
        {
            throw new JournalBehindException(mark, await Newest(cancellationToken).ConfigureAwait(false));
        }

        if (found != mark)
        {
            throw new JournalBehindException(mark, found);
        }
    }

    private async ValueTask<JournalMark?> At(long position, CancellationToken cancellationToken)
    {
        if (position == 0)
        {
            return null;
        }

        var sink = new MarkSink();
        await storage.Read(new StoredQuery { Path = StoredPath.Journal, After = position - 1, Until = position, Limit = 1 }, sink, cancellationToken).ConfigureAwait(false);
        return sink.Mark;
    }

    private sealed class MarkSink : IStoredEventSink
    {
        public JournalMark? Mark { get; private set; }

        public bool Accept(in StoredEvent e)
        {
            Mark = new JournalMark(e.Position, e.EventId, Convert.ToHexStringLower(e.ContentHash));
            return false;
        }
    }
}
