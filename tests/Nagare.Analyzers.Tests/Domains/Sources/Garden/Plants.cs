// One file for everything, properties in the place of parameters, local functions, caches: as a weekend project looks.
using System.Collections.Immutable;
using System.Text;
using Nagare;

namespace Garden;

[EventFamily("plant")]
public abstract partial record PlantEvent
{
    [Event("planted"), Explain("{Kind} planted in row {Row}", "by {By}")]
    public sealed record Planted(string Kind, int Row, string? By, DateTimeOffset At) : PlantEvent;

    [Event("watered"), Explain("{Litres} litres")]
    public sealed record Watered : PlantEvent
    {
        public required decimal Litres { get; init; }

        public IReadOnlyList<string> Notes { get; init; } = [];

        public string Loud => string.Join("!", Notes);
    }

    [Event("died"), Explain("Died")]
    public sealed record Died : PlantEvent
    {
        public const string Word = "died";

        public static readonly Died Instance = new();
    }
}

public sealed record Water(decimal Litres, DateTimeOffset At) : ICommand<Plant>;

[Aggregate]
public sealed partial record Plant : IAggregate<Plant, PlantEvent>
{
    private static readonly ImmutableDictionary<string, int> Weights = ImmutableDictionary<string, int>.Empty.Add("rose", 1);
    private static readonly string[] Names = ["small", "tall"];
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public ImmutableList<string> Log { get; init; } = [];

    public DateTimeOffset? Last { get; init; }

    public ImmutableSortedDictionary<string, int> Counts { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    private Plant Apply(PlantEvent.Planted e) => this with { Log = Log.Add(Names[Weights.GetValueOrDefault(e.Kind)]), Last = e.At + Day };

    private Plant Apply(PlantEvent.Watered e)
    {
        var words = new List<string>();
        words.AddRange(e.Notes);
        words.Sort(StringComparer.Ordinal);
        var text = new StringBuilder();
        foreach (var word in words.Where(word => word.Length > Least(3)))
        {
            text.Append(word.ToUpperInvariant()).Append(' ');
        }

        var seen = new Dictionary<string, int>(Counts) { ["water"] = Counts.GetValueOrDefault("water") + 1 };
        return this with { Counts = seen.ToImmutableSortedDictionary(), Log = Log.Add(Path.Combine("garden", text.ToString())) };

        static int Least(int length) => Math.Max(length, 2);
    }

    private Plant Apply(PlantEvent.Died _) => this;

    private Decision<PlantEvent> Decide(Water command)
    {
        if (Last is { } last && command.At - last < Day)
        {
            return Reject("too-soon", "It was watered a day ago.");
        }

        var events = new List<PlantEvent>();
        events.Add(new PlantEvent.Watered { Litres = command.Litres });
        if (command.Litres > 100)
        {
            events.Add(PlantEvent.Died.Instance);
        }

        return Persist([.. events]);
    }
}

[Invariant]
public sealed class NeverDrowned : IBisectInvariant
{
    public string Name => "never-drowned";

    public string Description => "No plant gets more than a hundred litres at once.";

    public ValueTask<InvariantResult> Evaluate(IInvariantContext ctx) =>
        new(InvariantResult.Check(ctx.Latest.Event is not PlantEvent.Watered { Litres: > 100 }, "drowned"));
}

[EventModel]
public sealed partial class GardenModel;

public sealed class Gardener(IJournal journal, IAggregateRepository<Plant> plants, TimeProvider clock)
{
    public event EventHandler? Done;

    public async Task<int> Round(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var running = ids.Select(id => plants.Execute(Plant.Stream(id), new Water(1, clock.GetUtcNow()), cancellationToken).AsTask()).ToList();
        await Task.WhenAll(running).ConfigureAwait(false);
        var count = 0;
        await foreach (var envelope in journal.Read(JournalScope.Everything, cancellationToken).ConfigureAwait(false))
        {
            count += envelope.Event is PlantEvent.Watered ? 1 : 0;
        }

        Done?.Invoke(this, EventArgs.Empty);
        return count;
    }

    public Task<Loaded<Plant>> Look(string id) => plants.Load(Plant.Stream(id)).AsTask();

    private async void OnClick(object? sender, EventArgs e) => await Task.Yield();
}
