using System.Security.Cryptography;
using System.Text;

namespace Nagare;

/// <summary>By what events belong together, where a bundle can be complete for it.</summary>
public enum JournalKeyKind
{
    /// <summary>One stream.</summary>
    Stream = 1,

    /// <summary>One correlation id.</summary>
    Correlation = 2,

    /// <summary>One subject.</summary>
    Subject = 3,
}

/// <summary>A stream, a correlation id or a subject: something for which the journal counts events.</summary>
/// <param name="Kind">Which of them.</param>
/// <param name="Value">The id.</param>
public readonly record struct JournalKey(JournalKeyKind Kind, string Value)
{
    private const int MaxStackBytes = 1024;

    /// <summary>A stream.</summary>
    public static JournalKey Of(StreamId stream) => new(JournalKeyKind.Stream, stream.ToString());

    /// <summary>A correlation id.</summary>
    public static JournalKey Correlation(string correlationId) => new(JournalKeyKind.Correlation, correlationId);

    /// <summary>A subject.</summary>
    public static JournalKey Subject(string subject) => new(JournalKeyKind.Subject, subject);

    /// <summary>Its hash, by which keys are sorted: SHA-256(part("nagare-key-1") part(kind, 1 byte) part(value)).</summary>
    internal TreeHash Hash()
    {
        var label = "nagare-key-1"u8;
        var size = LengthPrefixed.Size(3, label.Length + 1 + Encoding.UTF8.GetMaxByteCount(Value.Length));
        var parts = new LengthPrefixed(size <= MaxStackBytes ? stackalloc byte[MaxStackBytes] : new byte[size]);
        parts.Add(label);
        parts.Add([(byte)Kind]);
        parts.Add(Value);
        Span<byte> hash = stackalloc byte[TreeHash.Bytes];
        SHA256.HashData(parts.Written, hash);
        return new TreeHash(hash);
    }

    /// <summary>As people say it: <c>subject customer:7</c>.</summary>
    public override string ToString() => $"{Word(Kind)} {Value}";

    internal static string Word(JournalKeyKind kind) => kind switch
    {
        JournalKeyKind.Stream => "stream",
        JournalKeyKind.Correlation => "correlation",
        JournalKeyKind.Subject => "subject",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind of key."),
    };

    internal static JournalKeyKind? KindOf(string word) => word switch
    {
        "stream" => JournalKeyKind.Stream,
        "correlation" => JournalKeyKind.Correlation,
        "subject" => JournalKeyKind.Subject,
        _ => null,
    };
}
