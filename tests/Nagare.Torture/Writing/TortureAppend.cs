using System.Globalization;
using System.Security.Cryptography;
using Nagare.Storage;

namespace Nagare.Torture;

/// <summary>An append that can be told in one line and made again from it, byte for byte: what the dead process wanted, the living one can check.</summary>
/// <param name="Id">The append's id; its payloads follow from it.</param>
/// <param name="IsIdGiven">Whether the journal is told that the caller chose the id.</param>
/// <param name="Parts">What each stream gets.</param>
public sealed record TortureAppend(Guid Id, bool IsIdGiven, IReadOnlyList<TorturePart> Parts)
{
    private const int MaxPayloadBytes = 6_000;

    private static readonly StoredEventType Type = new("torture", "endured", 1, "random bytes", null);

    /// <summary>The hash of all payloads in order.</summary>
    public string PayloadHash => HashOf(Prepare().Streams.SelectMany(stream => stream.Events).Select(e => e.Data));

    /// <summary>How many events it has.</summary>
    public int EventCount => Parts.Sum(part => part.Events);

    /// <summary>A random append to some of a few streams.</summary>
    public static TortureAppend Next(Random random, IReadOnlyDictionary<string, long> known)
    {
        var first = random.Next(6);
        List<TorturePart> parts = [Part(first)];
        if (random.Next(4) == 0)
        {
            parts.Add(Part(6 + random.Next(2)));
        }

        return new(Guid.CreateVersion7(), random.Next(2) == 0, parts);

        TorturePart Part(int number)
        {
            var stream = $"torture/s-{number}";
            long? expected = random.Next(3) == 0 ? known.GetValueOrDefault(stream) : null;
            return new(stream, expected, random.Next(1, 4));
        }
    }

    /// <summary>The append as a journal takes it.</summary>
    /// <param name="asksAgain">Whether it is sent a second time, so that the journal must look for the first.</param>
    public PreparedAppend Prepare(bool asksAgain = false)
    {
        var place = 0;
        var streams = Parts.Select(part => new PreparedStream
        {
            StreamId = StreamId.Parse(part.Stream),
            Expected = part.Expected is { } version ? ExpectedVersion.At(version) : ExpectedVersion.Any,
            Events = [.. Enumerable.Range(0, part.Events).Select(_ => Event(place++))],
        }).ToList();
        return new PreparedAppend
        {
            AppendId = Id,
            IsIdGiven = IsIdGiven || asksAgain,
            Streams = streams,
            Now = UnixMicroseconds.FromInstant(TimeProvider.System.GetUtcNow()),
            EventCount = place,
            Bytes = streams.Sum(stream => stream.Events.Sum(e => (long)e.Data.Length)),
        };
    }

    /// <summary>The hash of payloads in order.</summary>
    public static string HashOf(IEnumerable<ReadOnlyMemory<byte>> payloads)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var payload in payloads)
        {
            hash.AppendData(BitConverter.GetBytes(payload.Length));
            hash.AppendData(payload.Span);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary><c>id given stream:expected:events,…</c></summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Id} {IsIdGiven} {string.Join(',', Parts.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Stream}:{part.Expected}:{part.Events}")))}");

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static TortureAppend Parse(string id, string isIdGiven, string parts) => new(
        Guid.Parse(id),
        bool.Parse(isIdGiven),
        [.. parts.Split(',').Select(part => part.Split(':')).Select(part => new TorturePart(
            part[0],
            part[1].Length == 0 ? null : long.Parse(part[1], CultureInfo.InvariantCulture),
            int.Parse(part[2], CultureInfo.InvariantCulture)))]);

    private PreparedEvent Event(int place)
    {
        var id = EventIds.At(Id, place);
        var random = new Random(BitConverter.ToInt32(SHA256.HashData(id.ToByteArray()), 0));
        var data = new byte[random.Next(MaxPayloadBytes)];
        random.NextBytes(data);
        return new PreparedEvent { EventId = id, Type = Type, Data = data, CorrelationId = Id.ToString(), Salt = new byte[16], ContentHash = SHA256.HashData(data) };
    }
}

/// <summary>What one stream gets.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Expected">The version it must be at, or null for any.</param>
/// <param name="Events">How many events.</param>
public sealed record TorturePart(string Stream, long? Expected, int Events);
