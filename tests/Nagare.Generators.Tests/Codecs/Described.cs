using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nagare.Generators.Tests.Codecs;

/// <summary>A state that holds what descriptions have to cope with; its fold is beside the point.</summary>
[Aggregate]
public sealed partial record Described : IAggregate<Described, Everything>
{
    public string Name { get; init; } = "";

    public double Ratio { get; init; }

    public Colour Colour { get; init; }

    public int? Count { get; init; }

    public Point Point { get; init; }

    public Tree? Tree { get; init; }

    public ImmutableArray<int> Unset { get; init; }

    public Queue<Line> Lines { get; } = new();

    public ImmutableDictionary<string, ImmutableList<Colour?>> Map { get; init; } = ImmutableDictionary<string, ImmutableList<Colour?>>.Empty;

    public int Computed => Lines.Count * 2;

    public Uri? Link { get; init; }

    public Action? Opaque { get; init; }

    [JsonIgnore]
    public string Ignored => "ignored";

    [JsonPropertyName("other name")]
    public JsonElement Json { get; init; }

    public int this[int index] => index;

    public static Described Initial { get; } = new();

    public static Described Evolve(Described state, Everything e) => state;
}
