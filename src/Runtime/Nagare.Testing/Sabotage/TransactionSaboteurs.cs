using System.Data.Common;
using Nagare.Storage;

namespace Nagare.Testing;

/// <summary>Stores the events first, and runs the caller's code in a transaction that another event opens.</summary>
internal sealed class StoresBesideTheParticipant(IJournalStorage inner) : SabotagedStorage(inner)
{
    public override async ValueTask<AppendResult> Append(PreparedAppend append, AppendParticipant participate, CancellationToken cancellationToken)
    {
        var result = await Inner.Append(append, cancellationToken).ConfigureAwait(false);
        await Inner.Append(Appends.To(new StreamId(Appends.Family, "beside"), ExpectedVersion.Any), participate, cancellationToken).ConfigureAwait(false);
        return result;
    }
}

/// <summary>Appends on its own, whatever becomes of the caller's transaction.</summary>
internal sealed class AppendsOutsideTheTransaction(IJournalStorage inner) : SabotagedStorage(inner)
{
    public override ValueTask<AppendResult> AppendIn(PreparedAppend append, DbTransaction transaction, CancellationToken cancellationToken) => Inner.Append(append, cancellationToken);
}
