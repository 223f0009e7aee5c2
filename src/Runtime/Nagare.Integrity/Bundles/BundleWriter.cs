using System.Text;
using Nagare.Storage;

namespace Nagare;

/// <summary>Writes a bundle: reads each event once, and proves it while it goes by.</summary>
internal sealed class BundleWriter(IJournalStorage storage, ITreeStorage tree, BundleRequest request, VerifierKey key)
{
    public async ValueTask<long> Write(TreeEdge edge, Stream target, CancellationToken cancellationToken)
    {
        if (request.Key is null == (request.Positions.Count == 0))
        {
            throw new ArgumentException("A bundle is of one key, or of the positions given. Set Key or Positions, and not both.");
        }

        // Before anything is written: a bundle that cannot be complete is not begun.
        if (request.Positions.Count > 0 && request.Positions.Max() is var newest && newest.Value > request.Checkpoint.Size)
        {
            throw NotCovered(newest);
        }

        var counts = request.Key is null ? [] : await TrustedCounts.Load(storage, tree, request.Checkpoint, cancellationToken).ConfigureAwait(false);
        await WriteHeader(target, cancellationToken).ConfigureAwait(false);
        var stored = new StoredTree(tree, edge);
        var written = 0L;
        await foreach (var row in Rows(cancellationToken).ConfigureAwait(false))
        {
            await WriteEvent(row, stored, target, cancellationToken).ConfigureAwait(false);
            written++;
        }

        if (request.Key is { } of)
        {
            await WriteCounts(of, counts, written, target, cancellationToken).ConfigureAwait(false);
        }

        await target.FlushAsync(cancellationToken).ConfigureAwait(false);
        return written;
    }

    private IntegrityException NotCovered(Position position) =>
        new($"There is no event at position {position} that the checkpoint of {request.Checkpoint.Size} events covers. Ask for another position, or take a newer checkpoint.");

    private async IAsyncEnumerable<StoredRow> Rows([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (request.Key is { } of)
        {
            var scope = (of.Kind switch
            {
                JournalKeyKind.Stream => JournalScope.Of(StreamId.Parse(of.Value)),
                JournalKeyKind.Correlation => JournalScope.Correlated(of.Value),
                _ => JournalScope.Everything with { Subject = of.Value },
            }) with
            { Until = request.Checkpoint.Size };
            await foreach (var row in StoredScope.Read(storage, scope, cancellationToken).ConfigureAwait(false))
            {
                yield return row;
            }

            yield break;
        }

        foreach (var position in request.Positions.Distinct().Order())
        {
            var scope = new JournalScope { After = position.Value - 1, Until = position };
            var found = false;
            await foreach (var row in StoredScope.Read(storage, scope, cancellationToken).ConfigureAwait(false))
            {
                found = true;
                yield return row;
            }

            if (!found)
            {
                throw NotCovered(position);
            }
        }
    }

    private ValueTask WriteHeader(Stream target, CancellationToken cancellationToken) => WriteLine(
        ProofJson.Write(json =>
        {
            json.WriteString("kind", BundleFormat.Kind);
            json.WriteNumber("format", BundleFormat.Version);
            json.WriteString("checkpoint", request.Checkpoint.Text);
            json.WriteString("key", key.ToString());
            if (request.Key is { } of)
            {
                json.WriteStartObject("complete");
                json.WriteString("kind", JournalKey.Word(of.Kind));
                json.WriteString("value", of.Value);
                json.WriteEndObject();
            }
        }),
        target,
        cancellationToken);

    private async ValueTask WriteEvent(StoredRow row, StoredTree stored, Stream target, CancellationToken cancellationToken)
    {
        var path = await stored.Resolve(MerkleRanges.Inclusion(row.Position - 1, request.Checkpoint.Size), cancellationToken).ConfigureAwait(false);
        if (ProofVerifier.PlaceRefusal(new InclusionProof(row.Position, path, request.Checkpoint), row) is { } refusal)
        {
            throw new IntegrityException($"The event at position {row.Position} cannot be proven: {refusal}. Verify the journal against the checkpoint: the event or the stored tree was changed.");
        }

        // The event stands in the line as its own bytes, which an auditor can cut out.
        var line = Encoding.UTF8.GetString(EventLine.Write(row.AsStoredEvent()));
        var proof = ProofJson.Write(json => json.WritePath("path", path));
        await WriteLine($"{{\"event\":{line},{proof[1..]}", target, cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask WriteCounts(JournalKey of, IReadOnlyList<KeySegment> counts, long written, Stream target, CancellationToken cancellationToken)
    {
        var hash = of.Hash();
        if (counts.Sum(run => (long)run.CountOf(hash)) is var signed && signed != written)
        {
            throw new IntegrityException($"The checkpoint counts {signed} events of {of}, the journal gives {written}. No complete bundle can be made; verify the journal against the checkpoint.");
        }

        foreach (var run in counts)
        {
            await WriteLine(ProofJson.Write(json => BundleFormat.WriteCounts(json, run.Prove(hash))), target, cancellationToken).ConfigureAwait(false);
        }
    }

    private static ValueTask WriteLine(string line, Stream target, CancellationToken cancellationToken) => target.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), cancellationToken);
}
