using System.Collections.Immutable;
using System.Text.Json;
using Nagare;

namespace AgentRuns;

/// <summary>A reservation as a tool last showed it.</summary>
/// <param name="Cabin">The cabin.</param>
/// <param name="Flights">Its flights with their dates, in order.</param>
public sealed record KnownReservation(string Cabin, string Flights);

/// <summary>What the airline's policy asks to be known at a step. Only runs that were given that policy are looked at.</summary>
[Aggregate(IgnoreRest = true)]
public sealed partial record AirlineDesk : IAggregate<AirlineDesk, AgentRunEvent>
{
    private const string PolicyTitle = "# Airline Agent Policy";
    private const string TransferTool = "transfer_to_human_agents";

    /// <summary>Whether the agent works under the airline's policy.</summary>
    public bool IsAirline { get; init; }

    /// <summary>Whether the user's latest words agree to something.</summary>
    public bool UserAgrees { get; init; }

    /// <summary>Whether the user was handed over to a human.</summary>
    public bool IsTransferred { get; init; }

    /// <summary>The reservations that a tool has shown in this run, by id.</summary>
    public ImmutableDictionary<string, KnownReservation> Reservations { get; init; } = ImmutableDictionary<string, KnownReservation>.Empty;

    /// <summary>Flights and dates in an order that does not depend on how they are written.</summary>
    internal static string FlightsOf(JsonElement holder) =>
        holder.TryGetProperty("flights", out var flights) && flights.ValueKind == JsonValueKind.Array
            ? string.Join(", ", flights.EnumerateArray().Where(flight => flight.ValueKind == JsonValueKind.Object).Select(flight => $"{Text(flight, "flight_number")} on {Text(flight, "date")}"))
            : "";

    /// <summary>A string member, or an empty text.</summary>
    internal static string Text(JsonElement holder, string name) =>
        holder.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? SourceText.Of(value) : "";

    private AirlineDesk Apply(AgentRunEvent.Instructed e) => this with { IsAirline = IsAirline || e.Text.StartsWith(PolicyTitle, StringComparison.Ordinal) };

    private AirlineDesk Apply(AgentRunEvent.UserSaid e) => this with { UserAgrees = Agreement.IsIn(e.Text) };

    private AirlineDesk Apply(AgentRunEvent.ToolReturned e)
    {
        if (!IsAirline || e.Tool == TransferTool)
        {
            return this with { IsTransferred = IsTransferred || (IsAirline && e.Tool == TransferTool) };
        }

        // Looking one up, booking and changing all answer with the reservation as it is then.
        if (!e.Output.Contains("reservation_id", StringComparison.Ordinal))
        {
            return this;
        }

        using var answer = ToolJson.Parse(e.Output);
        return answer?.RootElement is { ValueKind: JsonValueKind.Object } shown && Text(shown, "reservation_id") is { Length: > 0 } id
            ? this with { Reservations = Reservations.SetItem(id, new(Text(shown, "cabin"), FlightsOf(shown))) }
            : this;
    }
}
