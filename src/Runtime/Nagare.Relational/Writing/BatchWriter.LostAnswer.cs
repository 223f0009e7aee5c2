namespace Nagare.Storage;

// What becomes of a batch whose commit was sent and never answered.
internal sealed partial class BatchWriter
{
    // The commit was sent and its answer is missing. The append ids tell what became of it; one transaction, so all or nothing. Where it
    // held the head, the lookup got it only afterwards. What was sent in one trip held nothing yet and may arrive after the lookup, so the
    // next attempt looks again: whatever it finds, it leaves another head, on which the late one stores nothing.
    private async ValueTask<Failure?> ResolveCommit(IReadOnlyList<QueuedAppend> batch, AppendPlan plan, bool heldHead, Exception error, long startedAt)
    {
        RelationalLog.AnswerLost(_logger, batch.Count, error.Message);
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                if (!await IsStored(plan.Events[0].Event.EventId).ConfigureAwait(false))
                {
                    if (OfCaller(error) is { } thrown)
                    {
                        return thrown;
                    }

                    // A server that answered with a refusal has done with it; only what was cut off may arrive yet.
                    var mayArriveYet = !heldHead && error is not JournalUnavailableException;
                    for (var i = 0; i < batch.Count && mayArriveYet; i++)
                    {
                        if (plan.Outcomes[i].Result is { WasStoredBefore: false, EventCount: > 0 })
                        {
                            batch[i].ExpectLateArrival();
                        }
                    }

                    return new Failure(error, HitsEveryAppend: false);
                }

                if (OfCaller(error) is { } own)
                {
                    FailUnknown(batch, plan, new AggregateException(own.Error));
                }
                else
                {
                    Committed(plan, startedAt);
                    Answer(batch, plan);
                }

                return null;
            }
            catch (Exception lookup)
            {
                await session.Reset().ConfigureAwait(false);
                if (lookup is not TransientFailureException || attempt >= retries.Pauses.Length)
                {
                    // Still the outermost edge: nobody can say, and saying so is the answer.
                    RelationalLog.OutcomeUnknown(_logger, batch.Count, lookup.Message);
                    CountFailures(batch.Count, lookup);
                    FailUnknown(batch, plan, new AggregateException(error, lookup));
                    return null;
                }

                await Task.Delay(retries.Pauses[attempt], clock).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask<bool> IsStored(Guid eventId)
    {
        await session.Begin(default).ConfigureAwait(false);
        var isStored = (await session.ReadAppend(eventId, 1, default).ConfigureAwait(false)).Count > 0;
        await session.Rollback(default).ConfigureAwait(false);
        return isStored;
    }

    private static void FailUnknown(IReadOnlyList<QueuedAppend> batch, AppendPlan plan, AggregateException error)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            if (plan.Outcomes[i].Result is { WasStoredBefore: true } before && before.FirstPosition.Value < plan.Events[0].Position)
            {
                batch[i].Succeed(before);
            }
            else if (plan.Outcomes[i].Result is null)
            {
                // A loser stored nothing whatever became of the winners; but it may have lost against one that was not stored.
                batch[i].Fail(new JournalUnavailableException("The batch's commit failed. Nothing was stored of this append.", error));
            }
            else
            {
                batch[i].Fail(new AppendOutcomeUnknownException(batch[i].Append.AppendId, "its commit failed and the journal could not be asked what became of it", error));
            }
        }
    }
}
