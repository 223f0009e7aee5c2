using Nagare.Storage;

namespace Nagare.Testing;

internal sealed class ForgetsExpectedVersion(IJournalStorage inner) : SabotagedStorage(inner)
{
    public override ValueTask<AppendResult> Append(PreparedAppend append, CancellationToken cancellationToken) =>
        Inner.Append(Change(append, expected: _ => ExpectedVersion.Any), cancellationToken);
}

internal sealed class ForgetsAppendIds(IJournalStorage inner) : SabotagedStorage(inner)
{
    public override async ValueTask<AppendResult> Append(PreparedAppend append, CancellationToken cancellationToken)
    {
        var isKnown = append.IsIdGiven && append.EventCount > 0 && await Inner.Find(append.AppendId, cancellationToken).ConfigureAwait(false) is not null;
        return await Inner.Append(isKnown ? Change(append, newId: Guid.CreateVersion7()) : append, cancellationToken).ConfigureAwait(false);
    }
}

internal sealed class AcknowledgesBeforeStoring(IJournalStorage inner) : SabotagedStorage(inner)
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private PreparedAppend? _unstored;

    public override async ValueTask<AppendResult> Append(PreparedAppend append, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await Store(cancellationToken).ConfigureAwait(false);
            var result = await Pretend(append, cancellationToken).ConfigureAwait(false);
            _unstored = append;
            return result;
        }
        finally
        {
            _turn.Release();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        _turn.Dispose();
        await base.DisposeAsync().ConfigureAwait(false);
    }

    private async Task Store(CancellationToken cancellationToken)
    {
        if (_unstored is { } append)
        {
            _unstored = null;
            await Inner.Append(append, cancellationToken).ConfigureAwait(false);
        }
    }
}

internal sealed class LosesAppends(IJournalStorage inner) : SabotagedStorage(inner)
{
    private const int LostOneOf = 7;

    private int _appends;

    public override async ValueTask<AppendResult> Append(PreparedAppend append, CancellationToken cancellationToken) =>
        Interlocked.Increment(ref _appends) % LostOneOf == 0
            ? await Pretend(append, cancellationToken).ConfigureAwait(false)
            : await Inner.Append(append, cancellationToken).ConfigureAwait(false);
}

internal sealed class StoresStreamByStream(IJournalStorage inner) : SabotagedStorage(inner)
{
    public override async ValueTask<AppendResult> Append(PreparedAppend append, CancellationToken cancellationToken)
    {
        if (append.Streams.Count < 2)
        {
            return await Inner.Append(append, cancellationToken).ConfigureAwait(false);
        }

        var results = new List<AppendResult>();
        foreach (var stream in append.Streams)
        {
            results.Add(await Inner.Append(Change(append, streams: [stream]), cancellationToken).ConfigureAwait(false));
        }

        return results[^1] with
        {
            FirstPosition = results[0].FirstPosition,
            EventCount = append.EventCount,
            Streams = [.. results.SelectMany(result => result.Streams)],
        };
    }
}

internal sealed class CreatesSchema(IJournalStorage inner) : SabotagedStorage(inner)
{
    private long _changes;

    /// <summary>What a database would count.</summary>
    public long Changes => Interlocked.Read(ref _changes);

    public override ValueTask<AppendResult> Append(PreparedAppend append, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _changes);
        return Inner.Append(append, cancellationToken);
    }
}
