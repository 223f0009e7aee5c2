using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Nagare.Benchmarks.Events;
using Nagare.Benchmarks.Measuring;
using Nagare.Benchmarks.Sqlite;

namespace Nagare.Benchmarks.Telemetry;

/// <summary>Appends to SQLite while nobody listens to spans and counters, and while somebody takes every one of them and keeps none.</summary>
/// <remarks>What an exporter does with them besides is the exporter's.</remarks>
internal sealed class TelemetryVariants(BenchFolder folder)
{
    private const string Source = "Nagare";
    private const int EventsBeforehand = 10_000;

    private long _spans;
    private long _measurements;

    /// <summary>How many spans and measurements were taken, so that nobody compares silence with silence.</summary>
    public (long Spans, long Measurements) Taken => (Interlocked.Read(ref _spans), Interlocked.Read(ref _measurements));

    public Variant Single(int callers, bool isHeard) => new($"{callers} callers{(isHeard ? ", heard" : "")}", async slot =>
    {
        using var spans = isHeard ? ListenToSpans() : null;
        using var measurements = isHeard ? ListenToMeasurements() : null;
        await using var services = await folder.OpenJournal(folder.NextFile());
        var journal = services.GetRequiredService<IJournal>();
        await JournalAppends.Fill(journal, EventsBeforehand);
        return await JournalAppends.Single(journal, callers, slot);
    });

    private ActivityListener ListenToSpans()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ => Interlocked.Increment(ref _spans),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private MeterListener ListenToMeasurements()
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == Source)
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, _, _) => Interlocked.Increment(ref _measurements));
        listener.SetMeasurementEventCallback<int>((_, _, _, _) => Interlocked.Increment(ref _measurements));
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => Interlocked.Increment(ref _measurements));
        listener.Start();
        return listener;
    }
}
