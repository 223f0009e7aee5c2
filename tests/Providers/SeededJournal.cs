using Nagare.Storage;

namespace Nagare.Providers.Tests;

/// <summary>A journal large enough for a plan to matter, with some of everything that an index holds.</summary>
internal static class SeededJournal
{
    private const int UsualEvents = 20_000;
    private const int EventsOfAnAppend = 1_000;

    /// <summary>How many events it has: 20,000, or what <c>NAGARE_PLAN_EVENTS</c> says; eng/nightly says a million.</summary>
    public static int Events { get; } = Environment.GetEnvironmentVariable("NAGARE_PLAN_EVENTS") is { Length: > 0 } text ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : UsualEvents;

    public static async Task Seed(this IJournalStorage journal)
    {
        for (var first = 0; first < Events; first += EventsOfAnAppend)
        {
            var events = Enumerable.Range(first, EventsOfAnAppend).Select(i => Appends.Event(
                $"{i}",
                correlation: $"c-{i % 100}",
                cause: i % 10 == 0 ? (CausationId?)null : new CausationId($"request-{i % 50}"),
                furtherCauses: i % 3 == 0 ? [new CausationId($"request-{i % 7}")] : [],
                subject: i % 2 == 0 ? $"customer-{i % 20}" : null,
                occurredAt: i % 4 == 0 ? i / 100 : null)).ToArray();
            await journal.Append(Appends.To(new StreamId("note", $"n-{first % 5_000}"), ExpectedVersion.Any, events), default);
        }
    }
}
