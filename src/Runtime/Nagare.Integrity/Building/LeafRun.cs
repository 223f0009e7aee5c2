using Nagare.Storage;

namespace Nagare;

/// <summary>The leaves of consecutive events and the counts of their keys, taken while rows go by.</summary>
internal sealed class LeafRun(long firstPosition) : IStoredEventSink
{
    private readonly List<TreeHash> _leaves = [];

    /// <summary>The leaves so far.</summary>
    public IReadOnlyList<TreeHash> Leaves => _leaves;

    public KeyCounter Keys { get; } = new();

    /// <summary>The position that comes next.</summary>
    public long Next => firstPosition + _leaves.Count;

    /// <exception cref="IntegrityException">A position is missing, or a row's content is not what its hash says: nothing is built over that.</exception>
    public bool Accept(in StoredEvent e)
    {
        if (e.Position != Next)
        {
            throw new IntegrityException($"The journal has no event at position {Next}, though it has one at {e.Position}. No proof was built over the gap; verify the journal against the newest checkpoint kept outside.");
        }

        if (!ProofVerifier.IsErased(in e) && !ContentHash.Matches(in e))
        {
            throw new IntegrityException($"The event at position {e.Position} is not what its content hash says: it was changed after it was stored. No proof was built over it; verify the journal against the newest checkpoint kept outside.");
        }

        _leaves.Add(EventLeaf.Compute(in e));
        Keys.Add(in e);
        return true;
    }

    /// <summary>Reads a run of positions, which has to be there.</summary>
    /// <exception cref="IntegrityException">It is not, or not as it was stored.</exception>
    public static async ValueTask<LeafRun> Read(IJournalStorage storage, long firstPosition, long lastPosition, CancellationToken cancellationToken)
    {
        var run = new LeafRun(firstPosition);
        while (run.Next <= lastPosition)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var query = new StoredQuery { Path = StoredPath.Journal, After = run.Next - 1, Until = lastPosition, Limit = (int)(lastPosition - run.Next + 1) };
            if (await storage.Read(query, run, cancellationToken).ConfigureAwait(false) == 0)
            {
                throw new IntegrityException($"The journal has no event at position {run.Next}, though it reaches {lastPosition}. No proof was built over the gap; verify the journal against the newest checkpoint kept outside.");
            }
        }

        return run;
    }
}
