using System.Collections.Immutable;
using Nagare.Storage;

namespace Nagare;

/// <summary>Metadata checked and in the form in which it is stored.</summary>
internal sealed class EncodedMetadata
{
    private EncodedMetadata()
    {
    }

    public required EventMetadata Metadata { get; init; }

    public required byte[] CausationId { get; init; }

    public required IReadOnlyList<ReadOnlyMemory<byte>> FurtherCauses { get; init; }

    /// <summary>What has no column of its own.</summary>
    public required byte[] Rest { get; init; }

    public long? OccurredAt { get; init; }

    /// <summary>Checks ids and limits, and encodes.</summary>
    /// <exception cref="InvalidIdException">An id or the name of an entry breaks the rules for ids.</exception>
    /// <exception cref="PayloadTooLargeException">There are too many causes or entries, or too many bytes.</exception>
    /// <exception cref="EventFormatException">A text holds a lone surrogate, which UTF-8 cannot say.</exception>
    public static EncodedMetadata Of(EventMetadata metadata, EventType type)
    {
        IdRules.Check(metadata.CorrelationId, "correlation id");
        IdRules.Check(metadata.Actor, "actor");
        IdRules.Check(metadata.Subject, "subject");
        IdRules.Check(metadata.TraceParent, "traceparent");
        CheckEntries(metadata, type);
        if (metadata.CausationId is { } parent)
        {
            CheckStated(parent);
        }

        var further = DistinctFurtherCauses(metadata, type);
        var rest = new StoredMetadata(metadata.TraceState, further, InOrdinalOrder(metadata.Entries)).ToBytes();
        if (rest.Length > JournalLimits.MaxMetadataBytes)
        {
            throw new PayloadTooLargeException($"The metadata of {type}", rest.Length, JournalLimits.MaxMetadataBytes, "bytes");
        }

        return new EncodedMetadata
        {
            Metadata = metadata,
            CausationId = metadata.CausationId?.ToBytes() ?? [],
            FurtherCauses = further.IsEmpty ? [] : [.. further.Select(cause => new ReadOnlyMemory<byte>(cause.ToBytes()))],
            Rest = rest,
            OccurredAt = metadata.OccurredAt is { } occurredAt ? UnixMicroseconds.FromInstant(occurredAt) : null,
        };
    }

    // A dictionary made without a comparer sorts by culture, which differs from machine to machine.
    private static ImmutableSortedDictionary<string, string> InOrdinalOrder(ImmutableSortedDictionary<string, string> entries) =>
        entries.KeyComparer == StringComparer.Ordinal ? entries : entries.WithComparers(StringComparer.Ordinal);

    // A cause stated twice is one cause, and the parent is not also a further cause.
    private static ImmutableArray<CausationId> DistinctFurtherCauses(EventMetadata metadata, EventType type)
    {
        if (metadata.FurtherCauses.IsDefaultOrEmpty)
        {
            return [];
        }

        foreach (var cause in metadata.FurtherCauses)
        {
            CheckStated(cause);
        }

        ImmutableArray<CausationId> distinct = [.. metadata.FurtherCauses.Where(cause => cause != metadata.CausationId).Distinct()];
        return distinct.Length <= JournalLimits.MaxFurtherCauses
            ? distinct
            : throw new PayloadTooLargeException($"The metadata of {type}", distinct.Length, JournalLimits.MaxFurtherCauses, "further causes");
    }

    private static void CheckStated(CausationId cause)
    {
        if (cause.EventId is null && cause.OutsideId is null)
        {
            throw new InvalidIdException("causation id", "", "it was never set (default)");
        }
    }

    private static void CheckEntries(EventMetadata metadata, EventType type)
    {
        if (metadata.Entries.Count > JournalLimits.MaxMetadataEntries)
        {
            throw new PayloadTooLargeException($"The metadata of {type}", metadata.Entries.Count, JournalLimits.MaxMetadataEntries, "entries");
        }

        CheckText(metadata.TraceState, "trace state", type);
        foreach (var (name, value) in metadata.Entries)
        {
            IdRules.Check(name, "name of a metadata entry");
            CheckText(value, name, type);
        }
    }

    private static void CheckText(string? text, string member, EventType type)
    {
        for (var i = 0; i < text?.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
            {
                throw new EventFormatException(type.ToString(), type.SchemaVersion, $"metadata: {member}", null, $"it holds a lone surrogate at index {i}");
            }

            i++;
        }
    }
}
