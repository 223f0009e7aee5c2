using System.Text.Encodings.Web;
using System.Text.Json;

namespace Nagare;

/// <summary>The words and bounds of an export: a header line, then one line an event. docs/export.md describes it.</summary>
internal static class ExportFormat
{
    /// <summary>The version of the format. A build reads its own and all older ones.</summary>
    public const int Version = 1;

    /// <summary>The header's first member, by which a file is known.</summary>
    public const string Kind = "nagare-journal";

    /// <summary>Longest line in bytes: the largest payload in base64, and as much again as the other columns can ever need.</summary>
    public const int MaxLineBytes = (JournalLimits.MaxPayloadBytes / 3 * 4) + (4 * 1024 * 1024);

    /// <summary>Payloads need not keep the depth limit to be exported: an older or newer build may have allowed more.</summary>
    public static JsonReaderOptions Reading { get; } = new() { MaxDepth = int.MaxValue };

    public static JsonWriterOptions Writing { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
}
