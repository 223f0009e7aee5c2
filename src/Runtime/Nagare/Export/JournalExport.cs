using Nagare.Storage;

namespace Nagare;

/// <summary>Writes a whole journal as JSON lines: every column of every event, and what the journal says about its types.</summary>
public sealed class JournalExport
{
    /// <summary>Lines are handed to the target in pieces of about this many bytes.</summary>
    private const int PieceBytes = 1024 * 1024;

    private readonly IJournalStorage _storage;

    /// <summary>Exports from this storage, which is open or opens itself.</summary>
    public JournalExport(IJournalStorage storage)
    {
        ArgumentNullException.ThrowIfNull(storage);
        _storage = storage;
    }

    /// <summary>
    /// Writes everything up to the head found at the start; what is appended meanwhile is left to the next export. Returns the last
    /// position written, which is also the number of events.
    /// </summary>
    /// <param name="target">Where to. It is left open; cancelling leaves a file that a restore refuses, because lines are missing.</param>
    /// <param name="progress">Told the number of events written so far.</param>
    /// <param name="cancellationToken">Stops between two pages.</param>
    public async ValueTask<Position> Write(Stream target, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        var head = await _storage.ReadHead(cancellationToken).ConfigureAwait(false);
        using var lines = new ExportLines();
        lines.WriteHeader(await _storage.ReadTypes(cancellationToken).ConfigureAwait(false), head.Position);

        var page = new Page(lines);
        while (page.Last < head.Position)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var query = new StoredQuery { Path = StoredPath.Journal, After = page.Last, Until = head.Position, Limit = ScopePath.PageEvents };
            if (await _storage.Read(query, page, cancellationToken).ConfigureAwait(false) == 0)
            {
                throw new JournalUnavailableException($"The journal's head is at position {head.Position}, but nothing stands after position {page.Last}.");
            }

            await Flush(lines, target, cancellationToken).ConfigureAwait(false);
            progress?.Report(page.Last);
        }

        await Flush(lines, target, cancellationToken).ConfigureAwait(false);
        await target.FlushAsync(cancellationToken).ConfigureAwait(false);
        return head.Position;
    }

    private static async ValueTask Flush(ExportLines lines, Stream target, CancellationToken cancellationToken)
    {
        await target.WriteAsync(lines.Written, cancellationToken).ConfigureAwait(false);
        lines.Clear();
    }

    private sealed class Page(ExportLines lines) : IStoredEventSink
    {
        public long Last { get; private set; }

        public bool Accept(in StoredEvent e)
        {
            lines.WriteRow(in e);
            Last = e.Position;
            return lines.Written.Length < PieceBytes;
        }
    }
}
