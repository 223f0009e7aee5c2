using System.Collections.Frozen;
using System.Security.Cryptography;
using Nagare.Storage;

namespace Nagare;

/// <summary>Turns what a caller hands to an append into what storage takes: checked, resolved, redacted, encoded, hashed. On the caller's thread at the call, or, where appends wait for room, in the call's turn.</summary>
internal sealed class AppendPreparation
{
    private readonly FrozenDictionary<Type, KnownType> _types;
    private readonly JournalOptions _options;

    public AppendPreparation(EventModel model, JournalOptions options)
    {
        _options = options;
        _types = model.Families
            .SelectMany(family => family.Events, (family, e) => new KnownType(e, new StoredEventType(e.Family, e.Name, e.SchemaVersion, e.Schema, e.Template), family.FormerNames))
            .ToFrozenDictionary(known => known.Type.ClrType);
    }

    /// <summary>Whether what is stored may differ from what was given.</summary>
    public bool Redacts => _options.Redactors.Count > 0;

    public PreparedAppend Prepare(AppendRequest request, in Ambient ambient)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(request.Streams);
        ArgumentNullException.ThrowIfNull(request.Metadata);
        CheckStreams(request.Streams);

        var draft = new Draft(this, ambient, request.AppendId, request.Metadata, request.Streams.Sum(stream => stream.Events.Count));
        foreach (var stream in request.Streams)
        {
            draft.Begin(stream.StreamId, stream.Expected, stream.Events.Count);
            foreach (var e in stream.Events)
            {
                ArgumentNullException.ThrowIfNull(e, nameof(request));
                draft.Add(e.Event, e.Metadata, e.CausedBy);
            }
        }

        return draft.Complete();
    }

    /// <summary>The same for the plain case, one stream and events that say nothing of their own.</summary>
    public PreparedAppend Prepare(StreamId stream, ExpectedVersion expected, IReadOnlyList<object> events, EventMetadata metadata, in Ambient ambient)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(metadata);
        var draft = new Draft(this, ambient, null, metadata, events.Count);
        draft.Begin(stream, expected, events.Count);
        for (var i = 0; i < events.Count; i++)
        {
            draft.Add(events[i], null, null);
        }

        return draft.Complete();
    }

    private static void CheckStreams(IReadOnlyList<StreamAppend> streams)
    {
        if (streams.Count > JournalLimits.MaxAppendStreams)
        {
            throw new PayloadTooLargeException("The append", streams.Count, JournalLimits.MaxAppendStreams, "streams");
        }

        var seen = new HashSet<StreamId>();
        foreach (var stream in streams)
        {
            ArgumentNullException.ThrowIfNull(stream, nameof(streams));
            ArgumentNullException.ThrowIfNull(stream.Events, nameof(streams));
            if (!seen.Add(stream.StreamId))
            {
                throw new ArgumentException($"{stream.StreamId} stands twice in the append; put all of its events under one StreamAppend.", nameof(streams));
            }
        }
    }

    private KnownType Known(object e) => _types.TryGetValue(e.GetType(), out var known)
        ? known
        : throw new EventModelException($"{e.GetType()} is no event that a registered model knows. Mark it [Event], and add the model of its assembly.");

    private sealed record KnownType(EventType Type, StoredEventType Stored, IReadOnlyList<string> FormerFamilies);

    /// <summary>One append in the making.</summary>
    private struct Draft
    {
        private readonly AppendPreparation _preparation;
        private readonly Guid _appendId;
        private readonly bool _isIdGiven;
        private readonly int _eventCount;
        private readonly long _now;
        private readonly EventMetadata _ofAppend;
        private readonly List<PreparedStream> _streams = new(capacity: 1);
        private readonly byte[] _salts;
        private readonly byte[] _hashes;
        private PreparedEvent[] _events = [];
        private int _eventsOfStream;
        private int _place;
        private long _bytes;
        private EncodedMetadata? _lastEncoded;

        public Draft(AppendPreparation preparation, in Ambient ambient, Guid? appendId, EventMetadata metadata, int eventCount)
        {
            if (eventCount > JournalLimits.MaxAppendEvents)
            {
                throw new PayloadTooLargeException("The append", eventCount, JournalLimits.MaxAppendEvents, "events");
            }

            if (appendId is { } given && !EventIds.HasRoom(given))
            {
                throw new InvalidIdException("append id", given.ToString(), "it is empty, or so high that its events' ids cannot be counted on from it; use Guid.CreateVersion7()");
            }

            var now = preparation._options.Clock.GetUtcNow();
            _preparation = preparation;
            _now = UnixMicroseconds.FromInstant(now);
            _appendId = appendId ?? AppendIds.New(now);
            _isIdGiven = appendId is not null;
            _eventCount = eventCount;
            _ofAppend = MetadataResolution.OfAppend(metadata, ambient, _appendId);
            _salts = RandomNumberGenerator.GetBytes(eventCount * ContentHash.SaltBytes);
            _hashes = new byte[eventCount * ContentHash.HashBytes];
        }

        public void Begin(StreamId stream, ExpectedVersion expected, int eventCount)
        {
            stream.Checked();
            if (!expected.IsStated)
            {
                throw new ArgumentException($"The append to {stream} states no expected version (default). Say Any, NoStream, Exists or At(n).", nameof(expected));
            }

            _events = new PreparedEvent[eventCount];
            _eventsOfStream = 0;
            _streams.Add(new PreparedStream { StreamId = stream, Expected = expected, Events = _events });
        }

        public void Add(object e, EventMetadata? own, IReadOnlyList<int>? causedBy)
        {
            ArgumentNullException.ThrowIfNull(e);
            var stream = _streams[^1].StreamId;
            var known = _preparation.Known(e);
            var metadata = MetadataResolution.OfEvent(_ofAppend, own, CauseIds(causedBy));
            (e, metadata) = Redact(stream, known, e, metadata);
            CheckFamily(stream, known);

            byte[] data;
            using (var encoder = EventEncoder.Rent())
            {
                data = encoder.Encode(known.Type, e);
            }

            var encoded = Encoded(metadata, known.Type);
            _bytes += data.Length + encoded.Rest.Length;
            if (_bytes > JournalLimits.MaxAppendBytes)
            {
                throw new PayloadTooLargeException("The append", _bytes, JournalLimits.MaxAppendBytes, "bytes");
            }

            _events[_eventsOfStream++] = Finish(known, data, encoded);
            _place++;
        }

        public PreparedAppend Complete() => new()
        {
            AppendId = _appendId,
            IsIdGiven = _isIdGiven,
            Streams = _streams,
            Now = _now,
            EventCount = _eventCount,
            Bytes = _bytes,
        };

        private Guid[]? CauseIds(IReadOnlyList<int>? places)
        {
            if (places is not { Count: > 0 })
            {
                return null;
            }

            var ids = new Guid[places.Count];
            for (var i = 0; i < ids.Length; i++)
            {
                ids[i] = places[i] >= 0 && places[i] < _place
                    ? EventIds.At(_appendId, places[i])
                    : throw new ArgumentException($"Event {_place} of the append names event {places[i]} as its cause; only earlier events of the append, from 0, can be.", nameof(places));
            }

            return ids;
        }

        private (object Event, EventMetadata Metadata) Redact(StreamId stream, KnownType known, object e, EventMetadata metadata)
        {
            var redactors = _preparation._options.Redactors;
            for (var i = 0; i < redactors.Count; i++)
            {
                var redactor = redactors[i];
                (e, metadata) = redactor.Redact(stream, e, metadata);
                if (e?.GetType() != known.Type.ClrType || metadata is null)
                {
                    throw new EventModelException($"{redactor.GetType()} gave {e?.GetType().ToString() ?? "nothing"} for an event {known.Type}. A redactor returns an event of the same type, {known.Type.ClrType}, and metadata.");
                }
            }

            return (e, metadata);
        }

        private void CheckFamily(StreamId stream, KnownType known)
        {
            if (_eventsOfStream > 0 && _events[0].Type.Family != known.Type.Family)
            {
                throw new EventModelException($"The append to {stream} holds events of the families '{_events[0].Type.Family}' and '{known.Type.Family}'. A stream's events are of one family.");
            }
        }

        // Most events of an append share their metadata; it is encoded once.
        private EncodedMetadata Encoded(EventMetadata metadata, EventType type)
        {
            if (!ReferenceEquals(_lastEncoded?.Metadata, metadata))
            {
                _lastEncoded = EncodedMetadata.Of(metadata, type);
            }

            return _lastEncoded!;
        }

        private PreparedEvent Finish(KnownType known, byte[] data, EncodedMetadata encoded)
        {
            var type = known.Stored;
            var metadata = encoded.Metadata;
            var salt = _salts.AsMemory(_place * ContentHash.SaltBytes, ContentHash.SaltBytes);
            var hash = _hashes.AsMemory(_place * ContentHash.HashBytes, ContentHash.HashBytes);
            var eventId = EventIds.At(_appendId, _place);
            var content = new StoredEvent
            {
                Position = 0,
                StreamId = "",
                Version = 0,
                RecordedAt = 0,
                EventId = eventId,
                Family = type.Family,
                Type = type.Name,
                SchemaVersion = type.SchemaVersion,
                Data = data,
                Metadata = encoded.Rest,
                CorrelationId = metadata.CorrelationId,
                CausationId = encoded.CausationId,
                TraceParent = metadata.TraceParent,
                Actor = metadata.Actor,
                Subject = metadata.Subject,
                OccurredAt = encoded.OccurredAt,
                Salt = salt.Span,
            };
            ContentHash.Compute(in content, hash.Span);
            return new PreparedEvent
            {
                EventId = eventId,
                Type = type,
                FormerFamilies = known.FormerFamilies,
                Data = data,
                Metadata = encoded.Rest,
                CorrelationId = metadata.CorrelationId,
                CausationId = encoded.CausationId,
                FurtherCauses = encoded.FurtherCauses,
                TraceParent = metadata.TraceParent,
                Actor = metadata.Actor,
                Subject = metadata.Subject,
                OccurredAt = encoded.OccurredAt,
                Salt = salt,
                ContentHash = hash,
            };
        }
    }
}
