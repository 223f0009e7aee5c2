using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Nagare.Storage;

namespace Nagare.Sqlite.Tests;

/// <summary>What is counted and timed is what docs/telemetry.md says: names, kinds, units, attributes.</summary>
public partial class MetricsTests
{
    [Fact]
    public async Task Every_instrument_is_on_the_page_with_its_kind_and_unit_and_gives_what_it_says()
    {
        using var heard = new Heard();
        using var file = new JournalFile();
        await using (var journal = await file.Open(options => options.Queue = new AppendQueueLimits { MaxQueuedEvents = 4 }))
        {
            await journal.Append(Appends.Of("a", "b", "c"), default);
            await Assert.ThrowsAsync<WrongExpectedVersionException>(() => journal.Append(Appends.To(Appends.Stream, ExpectedVersion.At(9), Appends.Event("x")), default).AsTask());
            Assert.Equal(3, (await journal.ReadAll()).Count);

            // A writer that cannot go on: what stands in front of it shows. Other tests have queues too, which are added up with this one.
            Task<AppendResult>[] waiting;
            await using (await ((ITestPlace)file).HoldHead())
            {
                waiting = Enumerable.Range(0, 20).Select(i => journal.Append(Appends.Of($"{i}"), default).AsTask()).ToArray();
                heard.Listener.RecordObservableInstruments();
                Assert.True(heard.Last("nagare.append.queue.waiting") > 0);
                Assert.True(heard.Last("nagare.append.queue.events") > 0);
                Assert.True(heard.Last("nagare.append.queue.size") > 0);
                await using var other = await file.Open(options => options.BusyTimeout = TimeSpan.FromMilliseconds(20));
                await Assert.ThrowsAsync<JournalBusyException>(() => other.Append(Appends.Of("busy"), default).AsTask());
            }

            await Task.WhenAll(waiting);
        }

        Assert.True(heard.Sum("nagare.append.events") >= 3);
        Assert.True(heard.Sum("nagare.append.conflicts") >= 1);
        Assert.True(heard.Sum("nagare.append.failures") >= 1);

        var page = Row().Matches(await File.ReadAllTextAsync(Checkout.File("docs", "telemetry.md"), TestContext.Current.CancellationToken))
            .Select(row => $"{row.Groups["name"].Value} {row.Groups["kind"].Value} {row.Groups["unit"].Value}");
        Assert.Equal(page.Order(StringComparer.Ordinal), heard.Instruments.Select(i => $"{i.Name} {Kind(i)} {i.Unit}").Order(StringComparer.Ordinal));

        foreach (var (name, tags) in heard.Measurements)
        {
            string[] expected = name switch
            {
                "nagare.append.failures" => ["db.system.name", "error.type"],
                _ when name.StartsWith("nagare.read.", StringComparison.Ordinal) => ["db.system.name", "nagare.read.path"],
                _ => ["db.system.name"],
            };
            Assert.Equal(expected, tags.Order(StringComparer.Ordinal));
        }
    }

    private static string Kind(Instrument instrument) => instrument.GetType().Name.Split('`')[0] switch
    {
        "Counter" => "counter",
        "Histogram" => "histogram",
        "ObservableUpDownCounter" => "observable up-down counter",
        var name => name,
    };

    [GeneratedRegex(@"^\| `(?<name>nagare\.[a-z.]+)` \| (?<kind>[a-z -]+) \| `(?<unit>[^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    private sealed class Heard : IDisposable
    {
        private readonly ConcurrentDictionary<string, double> _sums = new();
        private readonly ConcurrentDictionary<string, double> _last = new();

        public Heard()
        {
            Listener = new MeterListener
            {
                InstrumentPublished = (instrument, listener) =>
                {
                    if (instrument.Meter.Name == NagareTelemetry.MeterName)
                    {
                        Instruments.Add(instrument);
                        listener.EnableMeasurementEvents(instrument);
                    }
                },
            };
            Listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
            Listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
            Listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
            Listener.Start();
        }

        public MeterListener Listener { get; }

        public ConcurrentBag<Instrument> Instruments { get; } = [];

        public ConcurrentBag<(string Name, string[] Tags)> Measurements { get; } = [];

        public double Sum(string name) => _sums.GetValueOrDefault(name);

        public double Last(string name) => _last.GetValueOrDefault(name);

        public void Dispose() => Listener.Dispose();

        private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            _sums.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value);
            _last[instrument.Name] = value;
            var names = new string[tags.Length];
            for (var i = 0; i < names.Length; i++)
            {
                names[i] = tags[i].Key;
            }

            Measurements.Add((instrument.Name, names));
        }
    }
}
