using System.Text;
using Nagare.Storage;

namespace Nagare.Testing;

/// <summary>Events of random content in every column, some of it hostile.</summary>
internal static class Drafts
{
    private const int MaxPayloadBytes = 2_000;

    private static readonly string[] Texts = ["a", "Zoë", "流れ", "𝕏", "x'; drop table nagare_events; --", "<b>", "..%2e/", "\u202Eabc", "é", "e\u0301", "a b"];

    private static readonly string[] Payloads =
    [
        """{}""", """{"a":"\u0000"}""", """{"a":"\ud800"}""", """{"b":1.00,"a":1e2,"a":2}""", """ { "a" : 1 } """, """{"a":-0.0,"n":123456789012345678901234567890}""", """{"t":"流れ 𝕏 \uD83D\uDE00"}""",
    ];

    public static Draft Next(Random random, int types = 3) => new(Payload(random))
    {
        Type = new StoredEventType(Appends.Family, $"kind-{random.Next(types)}", 1 + random.Next(2), "text string", null),
        CorrelationId = Maybe(random, () => $"{Text(random)}-{random.Next(5)}"),
        Cause = random.Next(2) == 0 ? (CausationId?)null : Cause(random),
        FurtherCauses = random.Next(4) == 0 ? [.. Enumerable.Range(0, 1 + random.Next(4)).Select(_ => Cause(random)).Distinct()] : [],
        TraceParent = Maybe(random, () => "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
        TraceState = Maybe(random, () => "vendor=1"),
        Actor = Maybe(random, () => Text(random)),
        Subject = Maybe(random, () => $"{Text(random)}-{random.Next(5)}"),
        OccurredAt = random.Next(2) == 0 ? null : random.NextInt64(-62_135_596_800_000_000, 253_402_300_799_999_999),
        Entries = random.Next(3) == 0 ? EventMetadata.None.Entries.Add("command", Text(random)) : EventMetadata.None.Entries,
    };

    private static CausationId Cause(Random random) =>
        random.Next(2) == 0 ? new CausationId(new Guid(random.Next(1, 20), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)) : new CausationId($"{Text(random)}-{random.Next(5)}");

    private static string Text(Random random) => Texts[random.Next(Texts.Length)];

    private static string? Maybe(Random random, Func<string> text) => random.Next(2) == 0 ? null : text();

    /// <summary>JSON that databases change, or bytes that are no JSON at all: a storage must not care.</summary>
    private static byte[] Payload(Random random)
    {
        if (random.Next(3) > 0)
        {
            return Encoding.UTF8.GetBytes(Payloads[random.Next(Payloads.Length)]);
        }

        var bytes = new byte[random.Next(1, MaxPayloadBytes)];
        random.NextBytes(bytes);
        return bytes;
    }
}
