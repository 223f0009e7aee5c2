using Nagare.Storage;

namespace Nagare.Torture;

/// <summary>Holds what callers were told against what the reopened journal has (R1, R2, R3, R5, R14, R15).</summary>
internal sealed class HistoryCheck(IJournalStorage journal, TortureReport report)
{
    private const int PageEvents = 100;

    // A server that has not noticed by then that a client is gone never will.
    private static readonly TimeSpan PatienceWithSessions = TimeSpan.FromSeconds(60);

    /// <summary>Opens a journal that its writers left, checks the history, and closes it.</summary>
    /// <inheritdoc cref="Run(CallHistory, int, string)"/>
    public static async Task<(int Rows, string Hash)> Run(Backend backend, string address, TortureReport report, CallHistory history, int earlierRows, string earlierHash)
    {
        await SessionsEnd(backend, address);
        await using var journal = backend.Journal(address);
        await journal.Open(default);
        return await new HistoryCheck(journal, report).Run(history, earlierRows, earlierHash);
    }

    /// <summary>Checks a history and asks again for every append of unknown outcome. Returns the journal's hash afterwards.</summary>
    /// <param name="history">What was told.</param>
    /// <param name="earlierRows">How many rows the journal had when it was checked last.</param>
    /// <param name="earlierHash">Their hash then: what was stored once never changes.</param>
    public async Task<(int Rows, string Hash)> Run(CallHistory history, int earlierRows, string earlierHash)
    {
        var rows = await Sound();
        Expect(HashOf(rows.Take(earlierRows)) == earlierHash, "rows that earlier cycles left are no longer the same");
        var stored = rows.GroupBy(row => row.CorrelationId!, StringComparer.Ordinal).ToDictionary(append => Guid.Parse(append.Key), append => append.ToList());
        foreach (var call in history.Calls)
        {
            Check(call, stored.GetValueOrDefault(call.Append.Id, []));
        }

        foreach (var call in history.Calls.Where(call => call.Answer == CallHistory.Answer.Unknown))
        {
            await AskAgain(call, wasStored: stored.ContainsKey(call.Append.Id));
        }

        var after = await Sound();
        Expect(HashOf(after.Take(rows.Count)) == HashOf(rows), "asking again changed what was stored");
        await CheckReplay(after);
        return (after.Count, HashOf(after));
    }

    // What a dead process had sent is carried out until its server notices, so only then is it settled what is stored.
    private static async Task SessionsEnd(Backend backend, string address)
    {
        var start = TimeProvider.System.GetTimestamp();
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await backend.CountSessions(address) is > 0 and var left)
        {
            if (TimeProvider.System.GetElapsedTime(start) > PatienceWithSessions)
            {
                throw new TimeoutException($"{backend} still has {left} sessions of a journal whose writers are gone for {PatienceWithSessions.TotalSeconds:0} s.");
            }

            await ticks.WaitForNextTickAsync();
        }
    }

    private void Check(CallHistory.Call call, List<StoredRow> found)
    {
        var append = call.Append;
        if (found.Count > append.EventCount)
        {
            report.Doubled++;
        }

        switch (call.Answer)
        {
            case CallHistory.Answer.Acknowledged:
                report.Acknowledged++;
                if (found.Count < append.EventCount)
                {
                    report.Lost++;
                }
                else
                {
                    Expect(found[0].Position == call.FirstPosition, $"{append.Id} was said to be at {call.FirstPosition}, it is at {found[0].Position}");
                }

                break;
            case CallHistory.Answer.Refused:
                report.Refused++;
                Expect(found.Count == 0, $"{append.Id} was refused, {found.Count} of its events are stored");
                break;
            case CallHistory.Answer.Unknown:
                report.Unknown++;
                report.UnknownButStored += found.Count > 0 ? 1 : 0;
                Expect(found.Count == 0 || found.Count == append.EventCount, $"{append.Id} is stored in part: {found.Count} of {append.EventCount} events");
                break;
        }

        if (found.Count == append.EventCount)
        {
            Expect(TortureAppend.HashOf(found.Select(row => row.Data)) == call.PayloadHash, $"{append.Id} does not hold the bytes that were given to it");
        }
    }

    private async Task AskAgain(CallHistory.Call call, bool wasStored)
    {
        try
        {
            var again = await journal.Append(call.Append.Prepare(asksAgain: true), default);
            Expect(again.WasStoredBefore == wasStored, $"{call.Append.Id} was {(wasStored ? "" : "not ")}stored, asking again said otherwise");
            var more = await journal.Append(call.Append.Prepare(asksAgain: true), default);
            Expect(more.WasStoredBefore && more.FirstPosition == again.FirstPosition, $"{call.Append.Id} was answered differently the second time");
        }
        catch (WrongExpectedVersionException) when (!wasStored)
        {
            // Others went on; the append lost for good, which is an answer.
        }
    }

    // R3 and the shape of the whole: dense positions, dense versions in their order, no id twice, times that never run backwards.
    private async Task<List<StoredRow>> Sound()
    {
        var rows = await Read(new StoredQuery { Path = StoredPath.Journal, Until = long.MaxValue, Limit = int.MaxValue });
        var head = await journal.ReadHead(default);
        Expect(head == (rows is [.., var last] ? new JournalHead(last.Position, last.RecordedAt) : default), $"the head is at {head}, the newest event elsewhere");
        var versions = new Dictionary<string, long>(StringComparer.Ordinal);
        var ids = new HashSet<Guid>();
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            versions[row.StreamId] = versions.GetValueOrDefault(row.StreamId) + 1;
            Expect(row.Position == i + 1, $"position {row.Position} stands at place {i + 1}");
            Expect(row.Version == versions[row.StreamId], $"position {row.Position} is version {row.Version} of {row.StreamId}, {versions[row.StreamId]} was due");
            Expect(i == 0 || rows[i - 1].RecordedAt <= row.RecordedAt, $"position {row.Position} was recorded before the one in front of it");
            if (!ids.Add(row.EventId))
            {
                report.Doubled++;
            }
        }

        return rows;
    }

    // R14: the journal's order and each stream's own, read in pages, fold to the same state.
    private async Task CheckReplay(List<StoredRow> rows)
    {
        foreach (var stream in rows.GroupBy(row => row.StreamId, StringComparer.Ordinal))
        {
            var paged = new List<StoredRow>();
            var query = new StoredQuery { Path = StoredPath.Stream, Key = stream.Key, Until = long.MaxValue, Limit = PageEvents };
            while (await Read(query) is [.., var last] page)
            {
                paged.AddRange(page);
                query = query with { After = last.Version };
            }

            Expect(HashOf(paged) == HashOf(stream), $"{stream.Key} folds to another state by itself than in the journal's order");
        }
    }

    private async Task<List<StoredRow>> Read(StoredQuery query)
    {
        var sink = new Rows();
        await journal.Read(query, sink, default);
        return sink.Read;
    }

    private static string HashOf(IEnumerable<StoredRow> rows) => TortureAppend.HashOf(rows.SelectMany(row => (ReadOnlyMemory<byte>[])
    [
        BitConverter.GetBytes(row.Position), BitConverter.GetBytes(row.Version), BitConverter.GetBytes(row.RecordedAt), row.EventId.ToByteArray(),
        System.Text.Encoding.UTF8.GetBytes(row.StreamId), row.ContentHash, row.Data,
    ]));

    private void Expect(bool isKept, string breach)
    {
        if (!isKept)
        {
            report.Breaches.Add($"cycle {report.Cycles}: {breach}");
        }
    }

    private sealed class Rows : IStoredEventSink
    {
        public List<StoredRow> Read { get; } = [];

        public bool Accept(in StoredEvent e)
        {
            Read.Add(e.ToRow());
            return true;
        }
    }
}
