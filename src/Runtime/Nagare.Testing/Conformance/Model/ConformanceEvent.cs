using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nagare.Testing;

/// <summary>The events that the suite stores where it goes through <see cref="IJournal"/>. Written by hand, so that the suite checks a journal and no generator.</summary>
internal abstract record ConformanceEvent
{
    public sealed record Noted(string Text) : ConformanceEvent;

    public sealed record Counted(int Amount) : ConformanceEvent;
}

/// <summary>What a note was before: one word, under another name.</summary>
internal sealed record Jotted(string Word);

/// <summary>Lists that family and its aggregate.</summary>
internal sealed class ConformanceModel : IEventModel
{
    /// <summary>The stored name of what a note was before.</summary>
    public const string JottedName = "jotted";

    /// <summary>How many events may lie between two snapshots of a tally.</summary>
    public const int SnapshotEvery = 5;

    public static void Register(EventModelBuilder model)
    {
        model.AddFamily(new EventFamily(Appends.Family, typeof(ConformanceEvent),
        [
            new EventType<ConformanceEvent.Counted>(Appends.Family, "counted", 1, "amount int32", new CountedConverter()),
            new EventType<ConformanceEvent.Noted>(Appends.Family, "noted", 1, "text string", new NotedConverter()),
        ])
        {
            Past = [PastEventType.ToOne<Jotted>(JottedName, 1, new JottedConverter(), static old => new ConformanceEvent.Noted(old.Word))],
        });
        model.AddAggregate<Tally, ConformanceEvent>();
        model.AddSnapshots(new SnapshotPolicy<Tally> { Every = SnapshotEvery, Codec = new TallyCodec() });
    }

    private sealed class NotedConverter : JsonConverter<ConformanceEvent.Noted>
    {
        public override ConformanceEvent.Noted Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            ReadTo(ref reader);
            var e = new ConformanceEvent.Noted(reader.GetString()!);
            reader.Read();
            return e;
        }

        public override void Write(Utf8JsonWriter writer, ConformanceEvent.Noted value, JsonSerializerOptions options)
        {
            if (!IsWellFormed(value.Text))
            {
                throw new EventFormatException($"{Appends.Family}/noted", 1, "text", null, "it holds a lone surrogate");
            }

            writer.WriteStartObject();
            writer.WriteString("text"u8, value.Text);
            writer.WriteEndObject();
        }

        private static bool IsWellFormed(string text)
        {
            for (var i = 0; i < text.Length; i++)
            {
                if (char.IsSurrogatePair(text, i))
                {
                    i++;
                }
                else if (char.IsSurrogate(text[i]))
                {
                    return false;
                }
            }

            return true;
        }
    }

    private sealed class CountedConverter : JsonConverter<ConformanceEvent.Counted>
    {
        public override ConformanceEvent.Counted Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            ReadTo(ref reader);
            var e = new ConformanceEvent.Counted(reader.GetInt32());
            reader.Read();
            return e;
        }

        public override void Write(Utf8JsonWriter writer, ConformanceEvent.Counted value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WriteNumber("amount"u8, value.Amount);
            writer.WriteEndObject();
        }
    }

    private sealed class JottedConverter : JsonConverter<Jotted>
    {
        public override Jotted Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            ReadTo(ref reader);
            var old = new Jotted(reader.GetString()!);
            reader.Read();
            return old;
        }

        public override void Write(Utf8JsonWriter writer, Jotted value, JsonSerializerOptions options) => throw new NotSupportedException("Nothing is written in this shape any more.");
    }

    /// <summary>To the value of the only member.</summary>
    private static void ReadTo(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Read();
    }
}
