using System.Text.Json;

namespace Nagare.CommandLine.Tests;

/// <summary>Reads <c>{"trip": "t-1", "at": "2026-03-01T10:00:00Z", "steps": [["asked", "to Kyoto"], ["spent", 1.5]]}</c>.</summary>
/// <remarks>Each step is caused by the one before it; <c>"by"</c> names an outside cause of the first.</remarks>
public sealed class TripImporter : IRunImporter
{
    public string Format => "trips";

    public string Description => "trips, one a line";

    public bool CanRead(ImportRecord record) => record is not null && record.HasMembers("trip", "steps");

    public AppendRequest Read(ImportRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        using var document = JsonDocument.Parse(record.Json);
        var trip = document.RootElement;
        if (!trip.TryGetProperty("steps", out var steps) || steps.ValueKind != JsonValueKind.Array)
        {
            throw new MalformedRecordException("'steps' is no array");
        }

        var at = trip.TryGetProperty("at", out var time) ? time.GetDateTimeOffset() : (DateTimeOffset?)null;
        var name = trip.GetProperty("trip").GetString()!;
        var cause = trip.TryGetProperty("by", out var by) ? (CausationId?)by.GetString()! : null;
        var events = steps.EnumerateArray().Select((step, place) => new NewEvent(
            Event(step),
            new EventMetadata { OccurredAt = at?.AddSeconds(place), CausationId = place == 0 ? cause : null },
            place == 0 ? null : [place - 1])).ToList();
        return new()
        {
            Streams = [new(new StreamId("trip", name), ExpectedVersion.NoStream, events)],
            Metadata = new() { CorrelationId = $"trip/{name}" },
        };
    }

    private static TripEvent Event(JsonElement step) => step[0].GetString() switch
    {
        "asked" => new TripEvent.Asked(step[1].GetString()!),
        "called" => new TripEvent.Called(step[1].GetString()!, step[2].GetString()!),
        "failed" => new TripEvent.Failed(step[1].GetString()!, step[2].GetString()!),
        "spent" => new TripEvent.Spent(step[1].GetDecimal()),
        "answered" => new TripEvent.Answered(step[1].GetString()!),
        var other => throw new MalformedRecordException($"'{other}' is no step"),
    };
}

/// <summary>Reads <c>{"audit": "t-1", "opinion": "…"}</c>: a stream with the id of a trip, in another category.</summary>
public sealed class AuditImporter : IRunImporter
{
    public string Format => "audits";

    public string Description => "opinions on trips";

    public bool CanRead(ImportRecord record) => record is not null && record.HasMembers("audit");

    public AppendRequest Read(ImportRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        using var document = JsonDocument.Parse(record.Json);
        var id = new StreamId("audit", document.RootElement.GetProperty("audit").GetString()!);
        return new() { Streams = [new(id, ExpectedVersion.NoStream, [new(new AuditEvent.Noted(document.RootElement.GetProperty("opinion").GetString()!))])] };
    }
}
