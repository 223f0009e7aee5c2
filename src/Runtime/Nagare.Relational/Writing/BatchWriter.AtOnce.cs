namespace Nagare.Storage;

/// <summary>What a writer stores without having asked the database first.</summary>
internal sealed partial class BatchWriter
{
    // What can be planned without asking: the head is where this writer left it as far as it knows, and so are the streams it knows.
    // A stream it does not know, and whose writer expects it not to exist, is taken not to; so is the id of an append.
    private AppendPlan? PlanOnTheHeadLeft(IReadOnlyList<QueuedAppend> batch, out PlanAssumptions assumptions)
    {
        assumptions = default;
        if (!session.CanStoreAtOnce || _othersWrite || _headLeft is not { } head || batch[0].Participation is not null)
        {
            return null;
        }

        _readHeads.Clear();
        List<string>? missingStreams = null;
        List<Guid>? missingEvents = null;
        for (var i = 0; i < batch.Count; i++)
        {
            var append = batch[i];
            for (var k = 0; k < append.Append.Streams.Count; k++)
            {
                var stream = append.Append.Streams[k];
                var id = stream.StreamId.ToString();
                if (_readHeads.ContainsKey(id))
                {
                    continue;
                }

                if (_streamHeads.TryGet(id, out var known))
                {
                    _readHeads.Add(id, known);
                }
                else if (stream.Expected.IsMetBy(0) && !stream.Expected.IsMetBy(1))
                {
                    _readHeads.Add(id, default);
                    (missingStreams ??= []).Add(id);
                }
                else
                {
                    return null;
                }
            }

            if (append.Append is { IsIdGiven: true, EventCount: > 0 })
            {
                (missingEvents ??= []).Add(append.Append.AppendId);
            }
        }

        var plan = Plan(head, batch, static _ => []);
        if (missingStreams is not null)
        {
            RemoveProven(missingStreams, plan.Events);
        }

        assumptions = new PlanAssumptions(head, (IReadOnlyList<string>?)missingStreams ?? [], (IReadOnlyList<Guid>?)missingEvents ?? []);
        return plan.Events.Count > 0 && KnowsTypesOf(plan.Events) ? plan : null;
    }

    private bool KnowsTypesOf(IReadOnlyList<PlannedEvent> events)
    {
        for (var i = 0; i < events.Count; i++)
        {
            if (!_knownTypes.Contains(Key(events[i].Event.Type)))
            {
                return false;
            }
        }

        return true;
    }

    // The first event of a stream can be inserted only where there is none: to ask for the stream besides costs a look for each.
    private static void RemoveProven(List<string> missingStreams, IReadOnlyList<PlannedEvent> events)
    {
        for (var i = 0; i < events.Count && missingStreams.Count > 0; i++)
        {
            if (events[i].Version == 1)
            {
                missingStreams.Remove(events[i].StreamId.ToString());
            }
        }
    }
}
