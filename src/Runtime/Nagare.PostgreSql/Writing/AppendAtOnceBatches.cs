using System.Data.Common;

namespace Nagare.Storage;

/// <summary>The batches that store appends in one trip, kept for as long as their connection.</summary>
internal sealed class AppendAtOnceBatches(DbConnection connection) : IDisposable
{
    private readonly AppendOneAtOnceBatch _one = new(connection);
    private readonly AppendAtOnceBatch _any = new(connection);
    private bool _wasOne;

    public DbConnection Connection => connection;

    /// <summary>The batch with the values of an append.</summary>
    public DbBatch With(AppendPlan plan, PlanAssumptions assumptions)
    {
        _wasOne = AppendOneAtOnceBatch.Takes(plan, assumptions);
        return _wasOne ? _one.With(plan, assumptions) : _any.With(plan, assumptions);
    }

    /// <summary>Lets go of what the last append carried.</summary>
    public void Clear()
    {
        if (_wasOne)
        {
            _one.Clear();
        }
        else
        {
            _any.Clear();
        }
    }

    public void Dispose()
    {
        _one.Dispose();
        _any.Dispose();
    }
}
