using System.Text.Json;

namespace Nagare.Testing;

/// <summary>The suite's aggregate: what was noted, in order, and what it all adds up to.</summary>
internal sealed record Tally(string Notes, int Sum) : IAggregate<Tally, ConformanceEvent>
{
    public static Tally Initial { get; } = new("", 0);

    public static Tally Evolve(Tally state, ConformanceEvent e) => e switch
    {
        ConformanceEvent.Noted noted => state with { Notes = $"{state.Notes}{noted.Text};" },
        ConformanceEvent.Counted counted => state with { Sum = state.Sum + counted.Amount },
        _ => throw new EventModelException($"{e.GetType()} is no event of this family."),
    };

    public static void Describe(Tally state, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("notes"u8, state.Notes);
        writer.WriteNumber("sum"u8, state.Sum);
        writer.WriteEndObject();
    }
}
