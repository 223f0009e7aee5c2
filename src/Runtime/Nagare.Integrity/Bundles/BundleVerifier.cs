// The auditor's side of a bundle: reads lines, believes none of them, needs no database.
using System.Text;
using System.Text.Json;
using Nagare.Storage;

namespace Nagare;

/// <summary>Verifies a bundle of events and proofs, without a database.</summary>
public static class BundleVerifier
{
    /// <summary>Verifies a bundle.</summary>
    /// <param name="bundle">The lines of the bundle.</param>
    /// <param name="trusted">
    /// The key that the auditor holds. Null takes the one in the bundle: that shows that the bundle fits together, and no more, because who
    /// forges a bundle puts his own key in it.
    /// </param>
    /// <param name="cancellationToken">Stops between two lines.</param>
    public static async ValueTask<BundleReport> Verify(Stream bundle, VerifierKey? trusted, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        var check = new BundleCheck(trusted);
        var lines = new BundleLines(bundle);
        try
        {
            while (!check.IsHopeless && await lines.Next(cancellationToken).ConfigureAwait(false) is { } line)
            {
                check.Add(line);
            }
        }
        catch (FormatException problem)
        {
            check.Refuse(problem.Message.TrimEnd('.'));
        }

        return check.End();
    }
}

/// <summary>The lines of a stream, bounded in length; the last one ends in a line break too, or the file was cut.</summary>
internal sealed class BundleLines(Stream stream)
{
    private const int ReadBytes = 64 * 1024;

    private byte[] _buffer = new byte[ReadBytes];
    private int _start;
    private int _end;

    /// <exception cref="FormatException">A line is too long, or the last one was cut.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> Next(CancellationToken cancellationToken)
    {
        var searched = _start;
        while (true)
        {
            if (_buffer.AsSpan(searched, _end - searched).IndexOf((byte)'\n') is var at && at >= 0)
            {
                var line = _buffer.AsMemory(_start, searched + at - _start);
                _start = searched + at + 1;
                return line;
            }

            searched = _end;
            if (_end == _buffer.Length)
            {
                searched -= Grow();
            }

            var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return _start == _end ? null : throw new FormatException("the last line does not end in a line break: the bundle was cut");
            }

            _end += read;
        }
    }

    // Moves what is left to the front, into more room where it fills all there is. Returns by how much it moved.
    private int Grow()
    {
        var (left, moved) = (_end - _start, _start);
        if (left > BundleFormat.MaxLineBytes)
        {
            throw new FormatException($"a line is longer than {BundleFormat.MaxLineBytes} bytes");
        }

        var target = left > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : _buffer;
        _buffer.AsSpan(_start, left).CopyTo(target);
        (_buffer, _start, _end) = (target, 0, left);
        return moved;
    }
}

/// <summary>What was seen of a bundle so far.</summary>
internal sealed class BundleCheck(VerifierKey? trusted)
{
    private const int MaxProblems = 100;

    private readonly List<string> _problems = [];
    private readonly List<Position> _erased = [];
    private readonly Dictionary<long, int> _eventsByRun = [];
    private readonly List<TreeHash> _runs = [];
    private SignedCheckpoint? _checkpoint;
    private VerifierKey? _key;
    private JournalKey? _complete;
    private long _events;
    private long _lastPosition;
    private bool _isStarted;

    /// <summary>Whether nothing that follows can matter.</summary>
    public bool IsHopeless => (_isStarted && _checkpoint is null) || _problems.Count >= MaxProblems;

    public void Refuse(string problem) => _problems.Add(problem);

    public void Add(ReadOnlyMemory<byte> line)
    {
        try
        {
            // Payloads may be nested deeply and hold a name twice: what counts of them is their bytes.
            using var document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = int.MaxValue });
            AddLine(document.RootElement);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            _isStarted = true;
            Refuse($"a line cannot be read: {Printable.Shorten(problem.Message.TrimEnd('.'))}");
        }
    }

    public BundleReport End()
    {
        if (!_isStarted)
        {
            Refuse("the bundle is empty");
        }

        if (_complete is { } key && _checkpoint is { } checkpoint && !IsHopeless)
        {
            CheckCompleteness(key, checkpoint);
        }

        return new BundleReport(_checkpoint, _key, _events, _problems.Count == 0 ? _complete : null, _erased, _problems);
    }

    private void AddLine(JsonElement line)
    {
        if (!_isStarted)
        {
            _isStarted = true;
            ReadHeader(line);
        }
        else if (line.TryGetProperty("counts", out var counts))
        {
            line.Only("counts");
            AddRun(BundleFormat.ReadCounts(counts));
        }
        else
        {
            AddEvent(line.Only("event", "path"));
        }
    }

    private void ReadHeader(JsonElement header)
    {
        header.Only("kind", "format", "checkpoint", "key", "complete").Expect("kind", BundleFormat.Kind);
        header.Expect("format", BundleFormat.Version);
        var checkpoint = SignedCheckpoint.Parse(header.Text("checkpoint"));
        _key = trusted ?? VerifierKey.Parse(header.Text("key"));
        if (header.TryGetProperty("complete", out var complete))
        {
            complete.Only("kind", "value");
            var kind = JournalKey.KindOf(complete.Text("kind")) ?? throw new FormatException("it claims to be complete for a kind of key that is not known");
            _complete = new JournalKey(kind, complete.Text("value"));
        }

        if (ProofVerifier.Refusal(checkpoint, _key) is { } refusal)
        {
            Refuse(refusal);
            return;
        }

        _checkpoint = checkpoint;
    }

    private void AddEvent(JsonElement line)
    {
        var row = EventLine.Read(Encoding.UTF8.GetBytes(line.GetProperty("event").GetRawText()));
        if (_runs.Count > 0)
        {
            throw new FormatException("an event stands behind the counts");
        }

        if (row.Position <= _lastPosition)
        {
            throw new FormatException($"the event at position {row.Position} stands behind that at {_lastPosition}: each is there once, in order");
        }

        _lastPosition = row.Position;
        var proof = new InclusionProof(row.Position, line.Path("path"), _checkpoint!);
        var isErased = ProofVerifier.IsErased(row.AsStoredEvent());
        if (ProofVerifier.PlaceRefusal(proof, row) is { } refusal)
        {
            Refuse($"position {row.Position}: {refusal}");
        }
        else if (!isErased && ProofVerifier.ContentRefusal(row) is { } content)
        {
            Refuse($"position {row.Position}: {content}");
        }
        else if (_complete is { } key && !IsOf(key, row))
        {
            Refuse($"position {row.Position}: the event is not of {Printable.Shorten(key.ToString())}, for which the bundle claims to be complete");
        }
        else
        {
            Count(row, isErased);
        }
    }

    private void Count(StoredRow row, bool isErased)
    {
        _events++;
        if (isErased)
        {
            _erased.Add(row.Position);
        }

        var run = (row.Position - 1) / KeySegment.Positions;
        _eventsByRun[run] = _eventsByRun.GetValueOrDefault(run) + 1;
    }

    private void AddRun(KeyCountProof proof)
    {
        var key = _complete ?? throw new FormatException("counts stand in a bundle that claims no completeness");
        var (run, size) = (_runs.Count, _checkpoint!.Size);
        if (run >= KeySegment.CountFor(size) || proof.Check(key.Hash()) is not var (count, root))
        {
            throw new FormatException($"the counts of run {run} show nothing");
        }

        _runs.Add(KeySegment.Leaf(KeySegment.FirstPosition(run), KeySegment.LastPosition(run, size), proof.Entries, root));
        if (_eventsByRun.GetValueOrDefault(run) is var found && found != count)
        {
            Refuse($"the bundle is not complete: the checkpoint counts {count} events of {Printable.Shorten(key.ToString())} at positions {KeySegment.FirstPosition(run)} to {KeySegment.LastPosition(run, size)}, it holds {found}");
        }
    }

    private void CheckCompleteness(JournalKey key, SignedCheckpoint checkpoint)
    {
        if (checkpoint.KeysRoot is not { } signed)
        {
            Refuse("the bundle claims to be complete, but its checkpoint signs no counts");
        }
        else if (_runs.Count != KeySegment.CountFor(checkpoint.Size) || MerkleTree.Root([.. _runs]) != signed)
        {
            Refuse($"whether the bundle is complete for {Printable.Shorten(key.ToString())} is not shown: its counts do not lead to those that the checkpoint signs");
        }
    }

    // An erased event names its correlation and subject, but nothing vouches for that any more; its stream is part of the leaf.
    private static bool IsOf(JournalKey key, StoredRow row) => key.Kind switch
    {
        JournalKeyKind.Stream => row.StreamId == key.Value,
        JournalKeyKind.Correlation => row.CorrelationId == key.Value && !ProofVerifier.IsErased(row.AsStoredEvent()),
        JournalKeyKind.Subject => row.Subject == key.Value && !ProofVerifier.IsErased(row.AsStoredEvent()),
        _ => false,
    };
}
