using System.Data.Common;

namespace Nagare.Storage;

/// <summary>Appends inside a caller's transaction, by a session that borrows its connection for the time of one call.</summary>
/// <remarks>
/// The order is a writer's: the head first, then in statements of their own what the plan needs, then the rows. Nothing is taken from what this
/// process's writer remembers and nothing is left there: the caller may still roll back, and if it commits, the writer finds the head moved,
/// as it does when another process wrote.
/// </remarks>
internal static class BorrowedTransaction
{
    public static async ValueTask<AppendResult> Append(WriteSession session, PreparedAppend append, DbTransaction transaction, CancellationToken cancellationToken)
    {
        try
        {
            await session.Borrow(transaction, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Told(append, failure);
        }

        AppendResult result;
        try
        {
            result = await Store(session, append, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            await Leave(session, failure).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            throw Told(append, failure);
        }

        try
        {
            await session.GiveBack(keepsWork: true, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            throw Told(append, failure);
        }

        return result;
    }

    // The caller's transaction goes on without what failed; where even that fails, it cannot go on.
    private static async ValueTask Leave(WriteSession session, Exception failure)
    {
        try
        {
            await session.GiveBack(keepsWork: false, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception leaving)
        {
            throw new JournalUnavailableException(
                $"An append in a caller's transaction failed ({failure.Message.TrimEnd('.')}), and the transaction could not be put back: {leaving.Message.TrimEnd('.')}. Nothing was stored; roll it back.",
                new AggregateException(failure, leaving));
        }
    }

    private static async ValueTask<AppendResult> Store(WriteSession session, PreparedAppend append, CancellationToken cancellationToken)
    {
        var streams = append.Streams.Select(stream => stream.StreamId.ToString()).ToList();
        IReadOnlyList<(Guid, int)> ids = append is { IsIdGiven: true, EventCount: > 0 } ? [(append.AppendId, append.EventCount + 1)] : [];
        var answers = await session.Ask(new WriteQuestions(streams, ids), cancellationToken).ConfigureAwait(false);
        var plan = AppendPlanner.Plan(answers.Head, [append], stream => answers.StreamHeads.GetValueOrDefault(stream), _ => answers.Appends[0]);
        if (plan.Outcomes[0].Error is { } refusal)
        {
            throw refusal;
        }

        if (plan.Events.Count > 0)
        {
            await session.StoreUncommitted(plan, [.. plan.Events.Select(e => e.Event.Type).Distinct()], cancellationToken).ConfigureAwait(false);
        }

        return plan.Outcomes[0].Result!;
    }

    private static Exception Told(PreparedAppend append, Exception failure) => failure switch
    {
        KeyViolationException violation => KeyRefusals.Of(append, violation),
        TransientFailureException transient => new JournalUnavailableException($"{transient.Message.TrimEnd('.')}. Nothing was stored; roll back, and begin the transaction again.", transient),
        _ => failure,
    };
}
