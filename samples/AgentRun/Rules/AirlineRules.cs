using System.Text.Json;
using Nagare;
using static Nagare.InvariantResult;

namespace AgentRuns;

/// <summary>
/// Rules from the airline's published policy that the events alone decide, without playing the tools again. Each looks at the
/// latest step, so that each can hold again afterwards: none is monotone.
/// </summary>
public static class AirlineRules
{
    private const int MaxPassengers = 5;
    private const int MaxCertificates = 1;
    private const int MaxCreditCards = 1;
    private const int MaxGiftCards = 3;

    /// <summary>"You must list the action details and obtain explicit user confirmation (yes) to proceed."</summary>
    [Invariant("airline-asks-first", "A booking is made, changed or cancelled only when the user's latest words agree (yes, confirm, go ahead and the like).")]
    public static InvariantResult AsksFirst(AirlineDesk desk, Envelope at) =>
        Check(!desk.IsAirline || desk.UserAgrees || ChangeIn(at) is null, $"{ChangeIn(at)?.Tool} was called, and the user's latest words agree to nothing");

    /// <summary>"You should only make one tool call at a time, and if you make a tool call, you should not respond to the user simultaneously."</summary>
    [Invariant("airline-one-thing-at-a-time", "A turn makes one tool call at most, and none together with an answer to the user.")]
    public static InvariantResult OneThingAtATime(AirlineDesk desk, Envelope at) => at.Event is not AgentRunEvent.ModelReplied turn || !desk.IsAirline ? Holds
        : turn.Calls > 1 ? Fails($"{turn.Calls} tools called in one turn")
        : Check(turn.Calls == 0 || string.IsNullOrWhiteSpace(turn.Text), "answered the user and called a tool in the same turn");

    /// <summary>A reservation's cabin, flights and insurance decide what is allowed; they must have been looked up.</summary>
    [Invariant("airline-looks-before-changing", "A reservation is changed or cancelled only after a tool has shown it in this run.")]
    public static InvariantResult LooksBeforeChanging(AirlineDesk desk, Envelope at)
    {
        if (!desk.IsAirline || ChangeIn(at) is not { Tool: not "book_reservation" } change)
        {
            return Holds;
        }

        using var arguments = ToolJson.Parse(change.Arguments);
        var id = arguments?.RootElement is { ValueKind: JsonValueKind.Object } given ? AirlineDesk.Text(given, "reservation_id") : "";
        return Check(desk.Reservations.ContainsKey(id), $"{change.Tool} was called for {id}, which no tool has shown");
    }

    /// <summary>"Basic economy flights cannot be modified. The API does not check these for the agent." The cabin may be changed, the flights may not.</summary>
    [Invariant("airline-keeps-basic-economy", "The flights of a basic economy reservation are not changed.")]
    public static InvariantResult KeepsBasicEconomy(AirlineDesk desk, Envelope at)
    {
        if (!desk.IsAirline || ChangeIn(at) is not { Tool: "update_reservation_flights" } change)
        {
            return Holds;
        }

        using var arguments = ToolJson.Parse(change.Arguments);
        if (arguments?.RootElement is not { ValueKind: JsonValueKind.Object } given || !desk.Reservations.TryGetValue(AirlineDesk.Text(given, "reservation_id"), out var known))
        {
            return Holds;
        }

        return Check(known.Cabin != "basic_economy" || AirlineDesk.FlightsOf(given) == known.Flights, $"basic economy: {known.Flights} was to become {AirlineDesk.FlightsOf(given)}");
    }

    /// <summary>"Each reservation can have at most five passengers"; "at most one travel certificate, at most one credit card, and at most three gift cards".</summary>
    [Invariant("airline-booking-limits", "A booking has five passengers at most and is paid with one certificate, one credit card and three gift cards at most.")]
    public static InvariantResult BookingLimits(AirlineDesk desk, Envelope at)
    {
        if (!desk.IsAirline || at.Event is not AgentRunEvent.ToolCalled { Tool: "book_reservation" } booking)
        {
            return Holds;
        }

        using var arguments = ToolJson.Parse(booking.Arguments);
        if (arguments?.RootElement is not { ValueKind: JsonValueKind.Object } given)
        {
            return Holds;
        }

        var passengers = Items(given, "passengers").Count();
        var payments = Items(given, "payment_methods").Where(payment => payment.ValueKind == JsonValueKind.Object).Select(payment => AirlineDesk.Text(payment, "payment_id")).ToList();
        var (certificates, cards, gifts) = (Begin("certificate"), Begin("credit_card"), Begin("gift_card"));
        return Check(
            passengers <= MaxPassengers && certificates <= MaxCertificates && cards <= MaxCreditCards && gifts <= MaxGiftCards,
            $"{passengers} passengers, {certificates} certificates, {cards} credit cards, {gifts} gift cards");

        int Begin(string kind) => payments.Count(payment => payment.StartsWith(kind, StringComparison.Ordinal));
    }

    /// <summary>Handing the user over to a human is the last thing an agent does.</summary>
    [Invariant("airline-ends-with-the-transfer", "After a transfer to a human the agent neither answers nor calls a tool.")]
    public static InvariantResult EndsWithTheTransfer(AirlineDesk desk, Envelope at) =>
        Check(!desk.IsTransferred || at.Event is not (AgentRunEvent.ModelReplied or AgentRunEvent.ToolCalled), "the agent went on after it had handed the user over");

    private static AgentRunEvent.ToolCalled? ChangeIn(Envelope at) =>
        at.Event is AgentRunEvent.ToolCalled
        {
            Tool: "book_reservation" or "cancel_reservation" or "update_reservation_flights" or "update_reservation_baggages" or "update_reservation_passengers",
        } change ? change : null;

    private static IEnumerable<JsonElement> Items(JsonElement holder, string name) =>
        holder.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];
}
