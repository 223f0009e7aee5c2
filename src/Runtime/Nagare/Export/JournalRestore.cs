using System.Runtime.CompilerServices;
using Nagare.Storage;

namespace Nagare;

/// <summary>Fills an empty journal from an export: the same positions, versions, ids, times and bytes, so that exporting it again gives the same file.</summary>
public sealed class JournalRestore
{
    /// <summary>Events between two reports of progress.</summary>
    private const int ProgressIntervalEvents = 1_000;

    private readonly IJournalStorage _storage;
    private readonly TimeProvider _clock;

    /// <summary>Restores into this storage, which is open or opens itself.</summary>
    public JournalRestore(IJournalStorage storage, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentNullException.ThrowIfNull(clock);
        (_storage, _clock) = (storage, clock);
    }

    /// <summary>
    /// Reads an export into the journal, all of it or nothing, and has the journal remember that it was restored. Returns the last
    /// position. Every line's syntax, place and content hash are checked.
    /// </summary>
    /// <param name="source">What <see cref="JournalExport"/> wrote. It is left open.</param>
    /// <param name="sourceName">What the journal remembers as where it came from, such as the file's name.</param>
    /// <param name="progress">Told the number of events read so far.</param>
    /// <param name="cancellationToken">Cancelling leaves the journal empty.</param>
    /// <exception cref="RestoreException">The journal is not empty, or a line, which is named, is wrong. Nothing was stored.</exception>
    public async ValueTask<Position> Read(Stream source, string sourceName, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(sourceName);
        var lines = new LineReader(source, ExportFormat.MaxLineBytes);
        var header = ExportHeader.Read(await lines.Next(cancellationToken).ConfigureAwait(false)
            ?? throw new RestoreException("The export is empty; not even its header is there. Nothing was stored."));
        var record = new RestoreRecord(UnixMicroseconds.FromInstant(_clock.GetUtcNow()), sourceName, header.Events);
        var head = await _storage.Restore(Rows(lines, header, progress, cancellationToken), header.Types, record, cancellationToken).ConfigureAwait(false);
        return head.Position;
    }

    private static async IAsyncEnumerable<StoredRow> Rows(LineReader lines, ExportHeader header, IProgress<long>? progress, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var check = new RestoreCheck();
        while (await lines.Next(cancellationToken).ConfigureAwait(false) is { } line)
        {
            yield return Row(line.Span, lines.Number, check);
            if (check.Count % ProgressIntervalEvents == 0)
            {
                progress?.Report(check.Count);
            }
        }

        if (check.Count != header.Events)
        {
            throw new RestoreException($"The header promises {header.Events} events, {check.Count} followed; the export was cut short or added to. Nothing was stored.");
        }

        progress?.Report(check.Count);
    }

    private static StoredRow Row(ReadOnlySpan<byte> line, long number, RestoreCheck check)
    {
        StoredRow row;
        try
        {
            row = ExportedRow.Read(line);
        }
        catch (Exception problem) when (problem is FormatException or OverflowException)
        {
            throw new RestoreException($"Line {number} is no exported event: {problem.Message.TrimEnd('.')}. Nothing was stored.", problem);
        }

        return check.Breach(row) is { } breach ? throw new RestoreException($"Line {number}: {breach}. Nothing was stored.") : row;
    }
}
