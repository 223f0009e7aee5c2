using CsCheck;

namespace Nagare.Generators.Tests.Upcasters;

/// <summary>Ways through histories at random, against the plainest way to follow them.</summary>
public sealed class UpcasterGraphTests
{
    private const int Today = -1;
    private const int Nowhere = -2;

    // For each past event, by its number, where its upcaster leads: to another one, to today, or nowhere for want of an upcaster.
    private static readonly Gen<int[]> Histories = Gen.Int[1, 12].SelectMany(count => Gen.Int[Nowhere, count - 1].Array[count]);

    [Fact]
    public void A_way_ends_today_at_a_gap_or_in_a_circle() => Histories.Sample(history =>
    {
        var graph = Graph(history);
        for (var i = 0; i < history.Length; i++)
        {
            var (end, at, steps) = Follow(history, i);
            var way = graph.From(TypeOf(i));

            Assert.Equal((end, at < 0 ? "" : TypeOf(at), steps), (way.End, way.At, way.Steps.Count));
        }
    });

    [Fact]
    public void A_family_lists_exactly_the_shapes_that_lead_to_today() => Histories.Sample(history =>
        Assert.Equal(
            Enumerable.Range(0, history.Length).Where(i => Follow(history, i).End == WayEnd.Today).Select(i => $"e{i:00}"),
            Graph(history).Of(Type("Family")).Chains.Select(chain => chain.Name)));

    [Fact]
    public void The_order_in_which_history_is_found_changes_nothing() => Gen.Select(Histories, Gen.Int).Sample((history, seed) =>
    {
        var random = new Random(seed);
        var past = Past(history).ToArray();
        var steps = Upcasters(history).ToArray();
        var listed = new UpcasterGraph(past, steps).Of(Type("Family"));
        random.Shuffle(past);
        random.Shuffle(steps);

        Assert.Equal(listed, new UpcasterGraph(past, steps).Of(Type("Family")));
    });

    private static (WayEnd End, int At, int Steps) Follow(int[] history, int from)
    {
        var passed = new List<int>();
        for (var at = from; ; at = history[at])
        {
            if (at == Today)
            {
                return (WayEnd.Today, at, passed.Count);
            }

            if (passed.Contains(at))
            {
                return (WayEnd.Circle, at, passed.Count);
            }

            if (history[at] == Nowhere)
            {
                return (WayEnd.Gap, at, passed.Count);
            }

            passed.Add(at);
        }
    }

    private static UpcasterGraph Graph(int[] history) => new(Past(history), Upcasters(history));

    private static IEnumerable<PastEventEntry> Past(int[] history) =>
        history.Select((_, i) => new PastEventEntry(Type($"Past{i}"), Type("Family").FullName, $"e{i:00}", 1, default));

    private static IEnumerable<UpcasterModel> Upcasters(int[] history) => history
        .Select((to, i) => (To: to, From: i))
        .Where(step => step.To != Nowhere)
        .Select(step => new UpcasterModel
        {
            Method = $"global::History.From{step.From}",
            Family = Type("Family").FullName,
            Source = TypeOf(step.From),
            Target = step.To == Today ? "" : TypeOf(step.To),
            IsMany = step.From % 2 == 0,
            Context = UpcasterContext.None,
        });

    private static string TypeOf(int i) => Type($"Past{i}").FullName;

    private static TypeModel Type(string name) => new("", name, $"global::{name}", name, name, $"record {name}", default, IsValueType: false, IsPartial: false, IsVisible: true);
}
