using Nagare.Storage;

namespace Nagare;

/// <summary>What was found at one position.</summary>
/// <param name="Leaf">The leaf that the row gives.</param>
/// <param name="IsErased">Whether its payload is gone.</param>
/// <param name="FitsHash">Whether its content is what its content hash says.</param>
internal readonly record struct CheckedRow(TreeHash Leaf, bool IsErased, bool FitsHash);

/// <summary>Reads a run of positions without believing anything: which rows are there, and whether each fits its own hash.</summary>
internal sealed class CheckedRun : IStoredEventSink
{
    private readonly CheckedRow?[] _rows;
    private readonly Findings _findings;

    private CheckedRun(long first, long last, Findings findings)
    {
        First = first;
        _rows = new CheckedRow?[last - first + 1];
        _findings = findings;
    }

    public long First { get; }

    public KeyCounter Keys { get; } = new();

    /// <summary>The row at a position; null where there is none that can be read.</summary>
    public CheckedRow? At(long position) => _rows[position - First];

    /// <summary>Whether there is a row at each position.</summary>
    public bool IsWhole => Array.TrueForAll(_rows, row => row is not null);

    public static async ValueTask<CheckedRun> Read(IJournalStorage storage, long first, long last, Findings findings, CancellationToken cancellationToken)
    {
        var run = new CheckedRun(first, last, findings);
        try
        {
            await ReadRange(storage, run, first, last, cancellationToken).ConfigureAwait(false);
        }
        catch (JournalUnavailableException)
        {
            // One row may be beyond reading, or the database: whether it answers at all is asked before the rows are asked one by one.
            await storage.ReadHead(cancellationToken).ConfigureAwait(false);
            run = new CheckedRun(first, last, findings);
            await ReadOneByOne(storage, run, first, last, cancellationToken).ConfigureAwait(false);
        }

        return run;
    }

    public bool Accept(in StoredEvent e)
    {
        ref var row = ref _rows[e.Position - First];
        if (row is not null)
        {
            _findings.Add(e.Position, FindingKind.EventAdded, "there is more than one event at this position");
            return true;
        }

        var isErased = ProofVerifier.IsErased(in e);
        row = new CheckedRow(EventLeaf.Compute(in e), isErased, isErased || ContentHash.Matches(in e));
        Keys.Add(in e);
        return true;
    }

    private static async ValueTask ReadRange(IJournalStorage storage, CheckedRun run, long first, long last, CancellationToken cancellationToken)
    {
        // A storage gives a whole range where the sink wants all of it and the limit allows it.
        var query = new StoredQuery { Path = StoredPath.Journal, After = first - 1, Until = last, Limit = int.MaxValue };
        await storage.Read(query, run, cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask ReadOneByOne(IJournalStorage storage, CheckedRun run, long first, long last, CancellationToken cancellationToken)
    {
        for (var position = first; position <= last; position++)
        {
            try
            {
                await ReadRange(storage, run, position, position, cancellationToken).ConfigureAwait(false);
            }
            catch (JournalUnavailableException unreadable)
            {
                await storage.ReadHead(cancellationToken).ConfigureAwait(false);
                run._findings.Add(position, FindingKind.EventUnreadable, $"the row cannot be read as an event: {unreadable.Message.TrimEnd('.')}");
            }
        }
    }
}
