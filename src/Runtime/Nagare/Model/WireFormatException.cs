using System.Text.Json;

namespace Nagare;

/// <summary>What a codec found wrong, before it is known in which event. Kept a <see cref="JsonException"/>, so that a nested type read alone fails as one.</summary>
internal sealed class WireFormatException(string reason, long? byteOffset = null, string? member = null) : JsonException(reason)
{
    public string Reason => Message;

    public long? ByteOffset => byteOffset;

    /// <summary>The member that is missing; null where the place itself is wrong.</summary>
    public string? Member => member;
}
