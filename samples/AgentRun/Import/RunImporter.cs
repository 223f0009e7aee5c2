using System.Text.Json;
using System.Text.Unicode;
using Nagare;
using Nagare.CommandLine;

namespace AgentRuns;

/// <summary>What the importers have in common: one parse of a record, and one way to say what is wrong with it.</summary>
public abstract class RunImporter : IRunImporter
{
    /// <summary>How long a name that a record gives its run may be, in characters; longer ones are refused rather than cut, which could make two runs one.</summary>
    private protected const int MaxNameCharacters = 150;

    // A member that stands twice cannot be given back as it came: said, rather than dropped.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <inheritdoc/>
    public abstract string Format { get; }

    /// <inheritdoc/>
    public abstract string Description { get; }

    /// <inheritdoc/>
    public abstract bool CanRead(ImportRecord record);

    /// <inheritdoc/>
    public AppendRequest Read(ImportRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (!Utf8.IsValid(record.Json.Span))
        {
            throw new MalformedRecordException("the record is not UTF-8");
        }

        try
        {
            // Never disposed: the events keep slices of it until they are stored.
            return Read(new SourceObject(JsonDocument.Parse(record.Json, Strict).RootElement, ""));
        }
        catch (SourceShapeException shape)
        {
            throw new MalformedRecordException(shape.Message, shape);
        }
        catch (InvalidOperationException name)
        {
            throw new MalformedRecordException("the record has a member whose name is no text", name);
        }
    }

    private protected abstract AppendRequest Read(SourceObject run);

    private protected static string DemandName(SourceObject source, string name)
    {
        var text = source.Demand(name);
        return text.Length is > 0 and <= MaxNameCharacters ? text : throw source.Missing(name, $"a name of 1 to {MaxNameCharacters} characters");
    }

    /// <summary>Unix seconds as an instant, to the microsecond; null where they are none.</summary>
    private protected static DateTimeOffset? Instant(JsonElement? seconds)
    {
        const long MaxUnixSeconds = 253_402_300_799;
        return seconds is { ValueKind: JsonValueKind.Number } number && number.TryGetDecimal(out var value) && value is >= 0 and < MaxUnixSeconds
            ? DateTimeOffset.UnixEpoch.AddTicks((long)(value * 1_000_000m) * TimeSpan.TicksPerMicrosecond)
            : null;
    }
}
