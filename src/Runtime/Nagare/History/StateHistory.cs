using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Nagare;

/// <summary>What became of a state, event by event, seen as JSON: so that mutable and immutable aggregates are compared alike.</summary>
internal sealed class StateHistory<TAggregate>(
    JournalReader journal,
    AggregateReader<TAggregate> reader,
    JsonTypeInfo<TAggregate>? json,
    Lazy<IExplanations> explanations)
    where TAggregate : IAggregate<TAggregate>
{
    /// <summary>A state may nest deeper than a payload: it is printed, not stored.</summary>
    private const int MaxStateDepth = 1_000;

    private static readonly JsonWriterOptions Options = new() { MaxDepth = MaxStateDepth, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async ValueTask<StateDescription> Describe(StreamId stream, CancellationToken cancellationToken) =>
        Describe(stream, await reader.Load(stream, FoldBound.None, cancellationToken).ConfigureAwait(false));

    public async ValueTask<StateDescription> Describe(StreamId stream, StreamVersion version, CancellationToken cancellationToken) =>
        Describe(stream, await reader.LoadAtVersion(stream, version, cancellationToken).ConfigureAwait(false));

    public async IAsyncEnumerable<Step> Steps(StreamId stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (envelope, before, after) in Changes(stream, long.MaxValue, cancellationToken).ConfigureAwait(false))
        {
            yield return new Step(envelope, explanations.Value.Explain(envelope), StateComparison.Diff(before, after));
        }
    }

    public async ValueTask<StateDiff> Diff(StreamId stream, StreamVersion from, StreamVersion to, CancellationToken cancellationToken)
    {
        var before = await Describe(stream, from, cancellationToken).ConfigureAwait(false);
        var after = await Describe(stream, to, cancellationToken).ConfigureAwait(false);
        return StateComparison.Diff(before.Value, after.Value);
    }

    public async ValueTask<IReadOnlyList<Blame>> Blame(StreamId stream, StreamVersion version, CancellationToken cancellationToken)
    {
        var ledger = new BlameLedger();
        var state = Value(TAggregate.Fold.Initial);
        await foreach (var (envelope, before, after) in Changes(stream, version.Value, cancellationToken).ConfigureAwait(false))
        {
            ledger.Note(before, after, envelope);
            state = after;
        }

        // Says so if the stream has not reached the version, also where its last events are unknown and skipped.
        await reader.LoadAtVersion(stream, version, cancellationToken).ConfigureAwait(false);
        return ledger.Read(state, explanations.Value);
    }

    private async IAsyncEnumerable<Change> Changes(StreamId stream, long until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var state = TAggregate.Fold.Initial;
        var before = Value(state);
        await foreach (var envelope in journal.Read(JournalScope.Of(stream), ReadDirection.Forwards, cancellationToken).ConfigureAwait(false))
        {
            if (envelope.Version.Value > until)
            {
                yield break;
            }

            if (!reader.Family.IsStoredAs(envelope.Family))
            {
                throw new EventModelException($"{stream} holds events of the family '{envelope.Family}'; {typeof(TAggregate)} folds '{reader.Family.Name}'.");
            }

            state = TAggregate.Fold.Evolve(state, envelope.Event);
            var after = Value(state);
            yield return new Change(envelope, before, after);
            before = after;
        }
    }

    private StateDescription Describe(StreamId stream, Loaded<TAggregate> loaded) =>
        new(stream, loaded.Version, typeof(TAggregate).Name, Value(loaded.State));

    private JsonElement Value(TAggregate state)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            if (json is null)
            {
                TAggregate.Fold.Describe(state, writer);
            }
            else
            {
                JsonSerializer.Serialize(writer, state, json);
            }
        }

        var reader = new Utf8JsonReader(buffer.WrittenSpan, new JsonReaderOptions { MaxDepth = MaxStateDepth });
        return JsonElement.ParseValue(ref reader);
    }

    private readonly record struct Change(Envelope Envelope, JsonElement Before, JsonElement After);
}
