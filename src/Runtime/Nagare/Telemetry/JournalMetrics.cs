using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Nagare.Storage;

/// <summary>What a provider counts and times, one of these for each journal. Where nobody listens, each call is a look at a flag.</summary>
/// <remarks>
/// The meter is one for the process, whether a container made the journal or not; it is not taken from an <see cref="IMeterFactory"/>, which a journal
/// without a container has not. Journals are told apart by their database system only: a journal is a tenant, and there may be thousands.
/// </remarks>
public sealed class JournalMetrics
{
    private const string SystemTag = "db.system.name";
    private const string PathTag = "nagare.read.path";
    private const string ErrorTag = "error.type";

    // A commit takes from some ten microseconds, in memory, to seconds, on a disk that is in trouble.
    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60] };
    private static readonly InstrumentAdvice<int> Counts = new() { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 100_000] };

    private static readonly Meter Meter = new(NagareTelemetry.MeterName, NagareTelemetry.Version);
    private static readonly Counter<long> Events = Meter.CreateCounter<long>("nagare.append.events", "{event}", "Events stored.");
    private static readonly Counter<long> Conflicts = Meter.CreateCounter<long>("nagare.append.conflicts", "{append}", "Appends refused because their stream was not at the expected version.");
    private static readonly Counter<long> Retries = Meter.CreateCounter<long>("nagare.append.retries", "{attempt}", "Further attempts at a batch that the database ended for a reason of the moment.");
    private static readonly Counter<long> Failures = Meter.CreateCounter<long>("nagare.append.failures", "{append}", "Appends that failed for another reason than a conflict.");
    private static readonly Histogram<int> BatchEvents = Meter.CreateHistogram<int>("nagare.append.batch.size", "{event}", "Events committed together.", tags: null, Counts);
    private static readonly Histogram<double> CommitTime = Meter.CreateHistogram<double>("nagare.append.commit.duration", "s", "From taking a batch to its commit, further attempts included.", tags: null, Seconds);
    private static readonly Histogram<double> WaitTime = Meter.CreateHistogram<double>("nagare.append.wait.duration", "s", "How long an append waits before the writer takes it.", tags: null, Seconds);
    private static readonly Histogram<int> PageEvents = Meter.CreateHistogram<int>("nagare.read.page.size", "{event}", "Events in a page read.", tags: null, Counts);
    private static readonly Histogram<double> ReadTime = Meter.CreateHistogram<double>("nagare.read.duration", "s", "How long a page takes to read, with what is done with its events meanwhile.", tags: null, Seconds);

    private static readonly ConcurrentDictionary<QueueWatch, string> Queues = new();

    private readonly KeyValuePair<string, object?> _system;
    private readonly string _systemName;
    private readonly TimeProvider _clock;

    static JournalMetrics()
    {
        Meter.CreateObservableUpDownCounter("nagare.append.queue.events", static () => Depths(static depth => depth.Events), "{event}", "Events in front of writers.");
        Meter.CreateObservableUpDownCounter("nagare.append.queue.size", static () => Depths(static depth => depth.Bytes), "By", "Bytes of payload and metadata in front of writers.");
        Meter.CreateObservableUpDownCounter("nagare.append.queue.waiting", static () => Depths(static depth => depth.Waiting), "{append}", "Appends that wait for room in front of a writer.");
    }

    /// <summary>Makes the metrics of one journal.</summary>
    /// <param name="systemName">See <see cref="IJournalStorage.SystemName"/>.</param>
    /// <param name="clock">What times are taken with.</param>
    public JournalMetrics(string systemName, TimeProvider clock)
    {
        ArgumentException.ThrowIfNullOrEmpty(systemName);
        ArgumentNullException.ThrowIfNull(clock);
        _systemName = systemName;
        _system = new(SystemTag, systemName);
        _clock = clock;
    }

    /// <summary>A moment to measure from; 0 where nobody wants to know a time.</summary>
    public long Start() => CommitTime.Enabled || WaitTime.Enabled || ReadTime.Enabled ? _clock.GetTimestamp() : 0;

    /// <summary>The writer took an append that came at a moment.</summary>
    public void Taken(long cameAt)
    {
        if (cameAt != 0 && WaitTime.Enabled)
        {
            WaitTime.Record(Since(cameAt), _system);
        }
    }

    /// <summary>A batch was committed.</summary>
    /// <param name="events">Events in it.</param>
    /// <param name="startedAt">When it was taken.</param>
    public void Committed(int events, long startedAt)
    {
        Events.Add(events, _system);
        BatchEvents.Record(events, _system);
        if (startedAt != 0 && CommitTime.Enabled)
        {
            CommitTime.Record(Since(startedAt), _system);
        }
    }

    /// <summary>An append was refused because its stream was not as expected.</summary>
    public void Conflicted() => Conflicts.Add(1, _system);

    /// <summary>A batch is tried again.</summary>
    public void Retried() => Retries.Add(1, _system);

    /// <summary>An append failed for another reason than a conflict.</summary>
    public void Failed(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        if (Failures.Enabled)
        {
            Failures.Add(1, _system, new(ErrorTag, error.GetType().FullName));
        }
    }

    /// <summary>A page was read.</summary>
    /// <param name="path">Along which path.</param>
    /// <param name="events">Events in it.</param>
    /// <param name="startedAt">When it was asked for.</param>
    public void Read(StoredPath path, int events, long startedAt)
    {
        if (!PageEvents.Enabled && !ReadTime.Enabled)
        {
            return;
        }

        var along = new KeyValuePair<string, object?>(PathTag, Name(path));
        PageEvents.Record(events, _system, along);
        if (startedAt != 0)
        {
            ReadTime.Record(Since(startedAt), _system, along);
        }
    }

    /// <summary>Shows the depth of a journal's queue, until the result is disposed.</summary>
    /// <param name="depth">Asked from any thread, whenever somebody wants to know.</param>
    public IDisposable Watch(Func<QueueDepth> depth)
    {
        ArgumentNullException.ThrowIfNull(depth);
        var watch = new QueueWatch(depth);
        Queues.TryAdd(watch, _systemName);
        return watch;
    }

    // The journals of one kind of database are added up: nothing tells them apart.
    private static IEnumerable<Measurement<long>> Depths(Func<QueueDepth, long> part) => Queues
        .GroupBy(static queue => queue.Value, static queue => queue.Key.Depth())
        .Select(system => new Measurement<long>(system.Sum(part), new KeyValuePair<string, object?>(SystemTag, system.Key)));

    private static string Name(StoredPath path) => path switch
    {
        StoredPath.Journal => "journal",
        StoredPath.Stream => "stream",
        StoredPath.Correlation => "correlation",
        StoredPath.Subject => "subject",
        StoredPath.Cause => "cause",
        StoredPath.Occurred => "occurred",
        StoredPath.EventId => "event_id",
        _ => throw new ArgumentOutOfRangeException(nameof(path), path, "There is no such path."),
    };

    private double Since(long timestamp) => _clock.GetElapsedTime(timestamp).TotalSeconds;

    private sealed class QueueWatch(Func<QueueDepth> depth) : IDisposable
    {
        public QueueDepth Depth() => depth();

        public void Dispose() => Queues.TryRemove(this, out _);
    }
}

/// <summary>How much stands in front of a writer.</summary>
/// <param name="Events">Events in the queue.</param>
/// <param name="Bytes">Bytes of their payloads and metadata.</param>
/// <param name="Waiting">Appends that wait for room.</param>
public readonly record struct QueueDepth(int Events, long Bytes, int Waiting);
