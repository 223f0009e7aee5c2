using System.Globalization;
using Nagare.Storage;

namespace Nagare.Torture;

/// <summary>A process in which some of the feed's writers append as fast as they are answered, and tell where their events are.</summary>
internal static class FeedWritingProcess
{
    private const int AppendsToOneConflict = 500;
    private const int AppendsToOneWithdrawal = 200;
    private const int SharedStreams = 5;
    private const int DataBytes = 200;

    private static readonly StoredEventType Type = new("torture", "endured", 1, "random bytes", null);

    /// <summary>Says that it is ready, waits for a line, writes until its input ends, and says what its writers were told.</summary>
    public static async Task<int> Run(Backend backend, string address, int seed, int writers, string? counter)
    {
        await using var journal = backend.Journal(address, busyTimeout: TimeSpan.FromSeconds(30));
        await journal.Open(default);
        await using var storage = counter is null ? journal : new UnlockedPositions(journal, backend, address, counter);
        await using var output = Console.OpenStandardOutput();
        await using var writer = new StreamWriter(output);
        using var input = new StreamReader(Console.OpenStandardInput());
        await writer.WriteAsync(WritingProcess.Ready + "\n");
        await writer.FlushAsync();
        await input.ReadLineAsync();
        var end = input.ReadLineAsync();
        await Task.WhenAll(Enumerable.Range(0, writers).Select(number => Write(storage, writer, new Random((seed * writers) + number), $"{seed}-{number}", () => end.IsCompleted)));
        await writer.FlushAsync();
        return 0;
    }

    private static async Task Write(IJournalStorage journal, StreamWriter output, Random random, string name, Func<bool> isOver)
    {
        await Task.Yield();
        while (!isOver())
        {
            var isConflict = random.Next(AppendsToOneConflict) == 0;
            using var patience = new CancellationTokenSource();
            var answer = journal.Append(Next(random, name, isConflict), patience.Token).AsTask();
            if (random.Next(AppendsToOneWithdrawal) == 0)
            {
                await patience.CancelAsync();
            }

            var line = await Told(answer);
            lock (output)
            {
                output.Write(line + "\n");
            }
        }
    }

    private static async Task<string> Told(Task<AppendResult> answer)
    {
        try
        {
            var result = await answer;
            return string.Create(CultureInfo.InvariantCulture, $"ok {result.FirstPosition} {result.EventCount} {DateTime.UtcNow.Ticks}");
        }
        catch (WrongExpectedVersionException)
        {
            return "conflict";
        }
        catch (Exception refusal) when (refusal is OperationCanceledException or JournalBusyException or JournalUnavailableException or AppendOutcomeUnknownException)
        {
            return "refused";
        }
    }

    private static PreparedAppend Next(Random random, string writer, bool isConflict)
    {
        var id = Guid.CreateVersion7();
        var stream = random.Next(2) == 0 ? $"writer-{writer}" : $"shared-{random.Next(SharedStreams)}";
        var events = Enumerable.Range(0, random.Next(1, 4)).Select(place => Event(random, EventIds.At(id, place))).ToList();
        return new PreparedAppend
        {
            AppendId = id,
            IsIdGiven = false,
            Streams = [new PreparedStream { StreamId = new StreamId("torture", stream), Expected = isConflict ? ExpectedVersion.At(1_000_000_000) : ExpectedVersion.Any, Events = events }],
            Now = UnixMicroseconds.FromInstant(TimeProvider.System.GetUtcNow()),
            EventCount = events.Count,
            Bytes = events.Count * DataBytes,
        };
    }

    private static PreparedEvent Event(Random random, Guid id)
    {
        var data = new byte[DataBytes];
        random.NextBytes(data);
        return new PreparedEvent { EventId = id, Type = Type, Data = data, Salt = new byte[16], ContentHash = new byte[32] };
    }
}
