using Nagare.Storage;

namespace Nagare.Integrity.Tests;

/// <summary>
/// Whoever can write to every table: edits, deletes, swaps, inserts, cuts, replays, recomputes hashes and nodes. What is up to a checkpoint kept
/// outside is found all the same, and where, as long as stored nodes agree with the checkpoint.
/// </summary>
public class AdversaryTests
{
    private const int Events = 9_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static readonly Lazy<Task<(OpenStorage Storage, SignedCheckpoint Checkpoint)>> Prepared = new(async () =>
    {
        var storage = new OpenStorage();
        await storage.Fill(Events);
        return (storage, await Keys.IntegrityOf(storage).Checkpoint(default));
    });

    /// <summary>What is done to a journal, by name, and between which positions it has to be found.</summary>
    public static TheoryData<string, long, long> Attacks => new()
    {
        { "edit", 1, 1 }, { "edit", 300, 300 }, { "edit", 8_191, 8_191 }, { "edit", 9_000, 9_000 },
        { "edit and rehash", 1, 1 }, { "edit and rehash", 4_097, 4_097 }, { "edit and rehash", 8_990, 8_990 },
        { "correlation", 777, 777 }, { "subject", 777, 777 }, { "stream", 777, 777 }, { "version", 777, 777 }, { "time", 777, 777 }, { "event id", 777, 777 },
        { "type", 777, 777 }, { "metadata", 777, 777 }, { "salt", 777, 777 }, { "hash", 777, 777 },
        { "delete", 1, 1 }, { "delete", 5_000, 5_000 }, { "delete", 8_999, 8_999 },
        { "swap", 100, 101 }, { "swap", 4_096, 4_097 },
        { "shift", 500, 9_000 }, { "insert", 500, 9_001 }, { "truncate", 8_000, 9_000 }, { "truncate and move the head", 8_000, 9_000 },
        { "position 0", 0, 0 }, { "beyond the head", 9_003, 9_003 },
        // With the nodes that vouch for it rewritten as well, only a range, or the whole, can be named.
        { "edit, rehash and rewrite the row", 300, 300 }, { "edit, rehash and rewrite everything", 300, 300 }, { "delete, close the gap and rebuild", 300, 9_000 },
    };

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task It_is_found(string attack, long first, long last)
    {
        var (prepared, checkpoint) = await Prepared.Value;
        var storage = prepared.Copy();
        await Attack(storage, attack, first, last);
        var report = await Keys.IntegrityOf(storage).Verify(JournalScope.Everything, checkpoint, Cancellation);
        Assert.NotEmpty(report.Findings);
        var isLocated = !attack.Contains("rewrite", StringComparison.Ordinal) && !attack.Contains("rebuild", StringComparison.Ordinal);
        if (isLocated)
        {
            Assert.All(report.Findings.Where(finding => finding.Kind != FindingKind.NodeChanged), finding => Assert.True(finding.Position.Value >= first && finding.LastPosition.Value <= Math.Max(last, first + 1), $"{finding}"));
            Assert.Contains(report.Findings, finding => finding.Position.Value == first || finding.Position.Value == first + 1);
            Assert.DoesNotContain(report.Findings, finding => finding.Kind == FindingKind.RangeChanged);
        }
        else
        {
            Assert.Contains(report.Findings, finding => finding.Position.Value <= first && finding.LastPosition.Value >= first);
        }
    }

    [Fact]
    public async Task An_edit_with_its_row_rewritten_is_narrowed_to_that_row()
    {
        var (prepared, checkpoint) = await Prepared.Value;
        var storage = prepared.Copy();
        await Attack(storage, "edit, rehash and rewrite the row", 300, 300);
        var report = await Keys.IntegrityOf(storage).Verify(JournalScope.Everything, checkpoint, Cancellation);
        var finding = Assert.Single(report.Findings, finding => finding.Kind == FindingKind.RangeChanged);
        Assert.Equal((257, 512), (finding.Position.Value, finding.LastPosition.Value));
    }

    [Fact]
    public async Task A_damaged_node_is_told_from_a_damaged_event()
    {
        var (prepared, checkpoint) = await Prepared.Value;
        foreach (var key in prepared.Tree.Keys.Where(key => key.Tree != TreeKind.Edges || key.Index == Events))
        {
            var storage = prepared.Copy();
            storage.Tree[key][^1] ^= 1;
            var report = await Keys.IntegrityOf(storage).Verify(JournalScope.Everything, checkpoint, Cancellation);
            Assert.True(report.Findings.Count > 0, $"{key} was changed unnoticed");
            Assert.All(report.Findings, finding => Assert.Equal(FindingKind.NodeChanged, finding.Kind));
        }
    }

    [Fact]
    public async Task An_older_state_of_everything_is_found_by_the_newer_checkpoint()
    {
        var storage = new OpenStorage();
        await storage.Fill(600);
        var integrity = Keys.IntegrityOf(storage);
        var older = await integrity.Checkpoint(Cancellation);
        var backup = storage.Copy();
        await storage.Fill(500, 2);
        var newer = await integrity.Checkpoint(Cancellation);
        var replayed = Keys.IntegrityOf(backup);
        Assert.Empty((await replayed.Verify(JournalScope.Everything, older, Cancellation)).Findings);
        Assert.Contains((await replayed.Verify(JournalScope.Everything, newer, Cancellation)).Findings, finding => finding.Kind == FindingKind.Truncated && finding.Position.Value == 601);
        await Assert.ThrowsAsync<IntegrityException>(async () => await replayed.Prove((Position)5, newer, Cancellation));

        // Grown on differently after the replay: another history of the same length.
        await backup.Fill(500, 3);
        Assert.NotEmpty((await replayed.Verify(JournalScope.Everything, newer, Cancellation)).Findings);
        var forked = await replayed.Checkpoint(Cancellation);
        await Assert.ThrowsAsync<IntegrityException>(async () => await replayed.ProveConsistency(newer, forked, Cancellation));
    }

    [Fact]
    public async Task A_signer_that_asks_for_consistency_signs_no_rewritten_history()
    {
        var (prepared, checkpoint) = await Prepared.Value;
        var storage = prepared.Copy();
        await Attack(storage, "edit, rehash and rewrite everything", 300, 300);
        var rewritten = await Keys.IntegrityOf(storage).Checkpoint(Cancellation);
        Assert.NotEqual(checkpoint.Root, rewritten.Root);
        await Assert.ThrowsAsync<IntegrityException>(async () => await Keys.IntegrityOf(storage).ProveConsistency(checkpoint, rewritten, Cancellation));
    }

    [Fact]
    public async Task A_checkpoint_of_another_size_origin_or_key_is_refused()
    {
        var (storage, checkpoint) = await Prepared.Value;
        var integrity = Keys.IntegrityOf(storage);
        var forged = new[]
        {
            SignedCheckpoint.Parse(checkpoint.Text.Replace("\n9000\n", "\n8999\n", StringComparison.Ordinal)),
            await SignedCheckpoint.Sign("example.com/others", checkpoint.Size, checkpoint.Root, checkpoint.KeysRoot!.Value, Keys.Own, Cancellation),
            await SignedCheckpoint.Sign("example.com/agents", checkpoint.Size, checkpoint.Root, checkpoint.KeysRoot!.Value, Keys.Stranger, Cancellation),
        };
        foreach (var wrong in forged)
        {
            await Assert.ThrowsAsync<IntegrityException>(async () => await integrity.Verify(JournalScope.Everything, wrong, Cancellation));
            await Assert.ThrowsAsync<IntegrityException>(async () => await integrity.Prove((Position)5, wrong, Cancellation));
            await Assert.ThrowsAsync<IntegrityException>(async () => await integrity.ProveConsistency(wrong, checkpoint, Cancellation));
        }

        // One that the key did sign, with a size that its root does not have.
        var misstated = await SignedCheckpoint.Sign("example.com/agents", checkpoint.Size - 1, checkpoint.Root, checkpoint.KeysRoot!.Value, Keys.Own, Cancellation);
        Assert.NotEmpty((await integrity.Verify(JournalScope.Everything, misstated, Cancellation)).Findings);
        await Assert.ThrowsAsync<IntegrityException>(async () => await integrity.Prove((Position)5, misstated, Cancellation));
    }

    [Fact]
    public async Task Counts_that_a_dishonest_builder_signed_are_found()
    {
        var (storage, checkpoint) = await Prepared.Value;
        var lying = await SignedCheckpoint.Sign("example.com/agents", checkpoint.Size, checkpoint.Root, MerkleTree.EmptyRoot, Keys.Own, Cancellation);
        var finding = Assert.Single((await Keys.IntegrityOf(storage).Verify(JournalScope.Everything, lying, Cancellation)).Findings);
        Assert.Equal(FindingKind.CountsDiffer, finding.Kind);
    }

    [Fact]
    public async Task An_erased_payload_leaves_proofs_of_its_place_and_is_named()
    {
        var (prepared, checkpoint) = await Prepared.Value;
        var storage = prepared.Copy();
        storage.Rows[300] = storage.Rows[300] with { Data = default, Salt = default };
        var integrity = Keys.IntegrityOf(storage);
        var finding = Assert.Single((await integrity.Verify(JournalScope.Everything, checkpoint, Cancellation)).Findings);
        Assert.Equal((300, FindingKind.PayloadErased), (finding.Position.Value, finding.Kind));

        var line = EventLine.Write(storage.Rows[300].AsStoredEvent());
        var proof = await integrity.Prove((Position)300, checkpoint, Cancellation);
        Assert.True(ProofVerifier.VerifyPlace(proof, line, Keys.Own.Key));
        Assert.False(ProofVerifier.Verify(proof, line, Keys.Own.Key));
        Assert.True(ProofVerifier.Verify(await integrity.Prove((Position)301, checkpoint, Cancellation), EventLine.Write(storage.Rows[301].AsStoredEvent()), Keys.Own.Key));
    }

    [Fact]
    public async Task Behind_the_checkpoint_accidents_are_found_and_only_those()
    {
        var (prepared, checkpoint) = await Prepared.Value;
        var storage = prepared.Copy();
        await storage.Fill(1_000, 7);
        var integrity = Keys.IntegrityOf(storage);
        Assert.Empty((await integrity.Verify(JournalScope.Everything, checkpoint, Cancellation)).Findings);
        var (row, deleted) = (storage.Rows[9_500], storage.Rows[9_600]);
        storage.Rows[9_500] = row with { Data = "{}"u8.ToArray() };
        storage.Rows.Remove(9_600);
        var findings = (await integrity.Verify(JournalScope.Everything, checkpoint, Cancellation)).Findings;
        Assert.Equal([(9_500, FindingKind.ContentChanged), (9_600, FindingKind.EventMissing)], findings.Select(finding => (finding.Position.Value, finding.Kind)));
        // Said plainly in the docs: with its hash recomputed nothing tells, because no checkpoint covers it.
        (storage.Rows[9_500], storage.Rows[9_600]) = (Rehashed(row), deleted);
        Assert.Empty((await integrity.Verify(JournalScope.Everything, checkpoint, Cancellation)).Findings);
    }

    [Fact]
    public async Task A_verification_in_portions_finds_what_one_in_a_piece_does()
    {
        var (prepared, checkpoint) = await Prepared.Value;
        foreach (var attack in new[] { "none", "edit", "edit and rehash", "edit, rehash and rewrite the row", "edit, rehash and rewrite everything" })
        {
            var storage = prepared.Copy();
            await Attack(storage, attack, 5_000, 5_000);
            var whole = await Keys.IntegrityOf(storage).Verify(JournalScope.Everything, checkpoint, Cancellation);
            var (findings, token, calls, told) = (new List<IntegrityFinding>(), (string?)null, 0, new List<IntegrityProgress>());
            do
            {
                var part = await Keys.IntegrityOf(storage).Verify(
                    new IntegrityCheck { Checkpoint = checkpoint, MaxEvents = 1, Token = token, Progress = new Told(told) },
                    Cancellation);
                findings.AddRange(part.Findings);
                token = part.Token;
                calls++;
            }
            while (token is not null);
            Assert.Equal(3, calls);
            Assert.Equal([4_096, 8_192, 9_000], told.Select(progress => progress.Position.Value));
            Assert.Equal(whole.Findings.OrderBy(f => (f.Position.Value, f.What)), findings.Distinct().OrderBy(f => (f.Position.Value, f.What)));
            // A token that progress gave goes on as well as one that a call gave.
            var rest = await Keys.IntegrityOf(storage).Verify(new IntegrityCheck { Checkpoint = checkpoint, Token = told[0].Token }, Cancellation);
            Assert.Equal(4_904, rest.Checked);
        }

        var other = await SignedCheckpoint.Sign("example.com/agents", 5, MerkleTree.EmptyRoot, MerkleTree.EmptyRoot, Keys.Own, Cancellation);
        var first = await Keys.IntegrityOf(prepared).Verify(new IntegrityCheck { Checkpoint = checkpoint, MaxEvents = 1 }, Cancellation);
        await Assert.ThrowsAsync<FormatException>(async () => await Keys.IntegrityOf(prepared).Verify(new IntegrityCheck { Checkpoint = other, Token = first.Token }, Cancellation));
        await Assert.ThrowsAsync<FormatException>(async () => await Keys.IntegrityOf(prepared).Verify(new IntegrityCheck { Checkpoint = checkpoint, Token = "AAAA" }, Cancellation));
    }

    [Fact]
    public async Task A_part_is_compared_with_the_checkpoint_too()
    {
        var (prepared, checkpoint) = await Prepared.Value;
        var subject = JournalScope.Everything with { Subject = "customer-1" };
        var range = new JournalScope { After = 250, Until = 600 };
        var integrity = Keys.IntegrityOf(prepared);
        foreach (var scope in new[] { subject, range, JournalScope.Correlated("c-1"), JournalScope.Of(StreamId.Parse("note/n-1")) })
        {
            var report = await integrity.Verify(scope, checkpoint, Cancellation);
            Assert.Empty(report.Findings);
            Assert.InRange(report.Checked, 300, 6_000);
        }

        var storage = prepared.Copy();
        var target = storage.Rows.Values.First(row => row.Subject == "customer-1" && row.Position > 300);
        storage.Rows[target.Position] = Rehashed(target with { Subject = "customer-2" });
        var changed = Keys.IntegrityOf(storage);
        Assert.Contains((await changed.Verify(subject, checkpoint, Cancellation)).Findings, finding => finding.Kind == FindingKind.EventMissing && finding.What.Contains("customer-1", StringComparison.Ordinal));
        Assert.Contains((await changed.Verify(subject with { Subject = "customer-2" }, checkpoint, Cancellation)).Findings, finding => finding.Kind == FindingKind.EventChanged && finding.Position.Value == target.Position);
        Assert.Contains((await changed.Verify(range, checkpoint, Cancellation)).Findings, finding => finding.Position.Value == target.Position);
        storage.Rows.Remove(target.Position);
        Assert.Contains((await changed.Verify(range, checkpoint, Cancellation)).Findings, finding => finding.Kind == FindingKind.EventMissing && finding.Position.Value == target.Position);
    }

    [Fact]
    public async Task A_cancelled_verification_stops()
    {
        var (storage, checkpoint) = await Prepared.Value;
        using var cancelled = new CancellationTokenSource();
        var told = new List<IntegrityProgress>();
        var progress = new Told(told, cancelled.Cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Keys.IntegrityOf(storage).Verify(new IntegrityCheck { Checkpoint = checkpoint, Progress = progress }, cancelled.Token));
        Assert.Single(told);
    }

    /// <summary>Does what an attack's name says.</summary>
    internal static async Task Attack(OpenStorage storage, string attack, long first, long last)
    {
        var row = storage.Rows.GetValueOrDefault(first);
        var edited = row is null ? null! : row with { Data = "{\"text\":\"forged\"}"u8.ToArray() };
        switch (attack)
        {
            case "none": break;
            case "edit": storage.Rows[first] = edited; break;
            case "edit and rehash": storage.Rows[first] = Rehashed(edited); break;
            case "correlation": storage.Rows[first] = Rehashed(row! with { CorrelationId = "c-forged" }); break;
            case "subject": storage.Rows[first] = Rehashed(row! with { Subject = "forged" }); break;
            case "stream": storage.Rows[first] = row! with { StreamId = "note/forged" }; break;
            case "version": storage.Rows[first] = row! with { Version = row.Version + 100_000 }; break;
            case "time": storage.Rows[first] = row! with { RecordedAt = row.RecordedAt + 1 }; break;
            case "event id": storage.Rows[first] = Rehashed(row! with { EventId = Guid.NewGuid() }); break;
            case "type": storage.Rows[first] = Rehashed(row! with { Type = "forged" }); break;
            case "metadata": storage.Rows[first] = Rehashed(row! with { Metadata = "{}"u8.ToArray() }); break;
            case "salt": storage.Rows[first] = Rehashed(row! with { Salt = new byte[16] }); break;
            case "hash": storage.Rows[first] = row! with { ContentHash = new byte[32] }; break;
            case "delete": storage.Rows.Remove(first); break;
            case "swap": (storage.Rows[first], storage.Rows[last]) = (storage.Rows[last] with { Position = first }, row! with { Position = last }); break;
            case "shift": Close(storage, first); break;
            case "insert": Open(storage, first); break;
            case "truncate": Cut(storage, first); break;
            case "truncate and move the head": Cut(storage, first); storage.Head = new JournalHead(first, storage.Rows[first].RecordedAt); break;
            case "position 0": storage.Rows[0] = storage.Rows[1] with { Position = 0 }; break;
            case "beyond the head": storage.Rows[first] = storage.Rows[1] with { Position = first }; break;
            case "edit, rehash and rewrite the row":
                storage.Rows[first] = Rehashed(edited);
                var index = (first - 1) / 256;
                EventLeaf.Compute(storage.Rows[first].AsStoredEvent()).CopyTo(storage.Tree[(TreeKind.Events, 0, index)].AsSpan((int)((first - 1) % 256) * 32));
                break;
            case "edit, rehash and rewrite everything":
                storage.Rows[first] = Rehashed(edited);
                await Rebuild(storage);
                break;
            case "delete, close the gap and rebuild":
                Close(storage, first);
                storage.Head = storage.Head with { Position = storage.Head.Position - 1 };
                await Rebuild(storage);
                break;
            default: throw new ArgumentOutOfRangeException(nameof(attack), attack, "no such attack");
        }
    }

    private static StoredRow Rehashed(StoredRow row) => Tests.Events.Rehashed(row);

    private static void Close(OpenStorage storage, long first)
    {
        for (var position = first; position < storage.Head.Position; position++)
        {
            storage.Rows[position] = storage.Rows[position + 1] with { Position = position };
        }

        storage.Rows.Remove(storage.Head.Position);
    }

    private static void Open(OpenStorage storage, long first)
    {
        for (var position = storage.Head.Position; position >= first; position--)
        {
            storage.Rows[position + 1] = storage.Rows[position] with { Position = position + 1 };
        }

        storage.Rows[first] = Rehashed(storage.Rows[first] with { Position = first, EventId = Guid.NewGuid() });
        storage.Head = storage.Head with { Position = storage.Head.Position + 1 };
    }

    private static void Cut(OpenStorage storage, long last)
    {
        foreach (var position in storage.Rows.Keys.Where(position => position > last).ToArray())
        {
            storage.Rows.Remove(position);
        }
    }

    private static async Task Rebuild(OpenStorage storage)
    {
        storage.Tree.Clear();
        await Keys.IntegrityOf(storage).Checkpoint(default);
    }

    private sealed class Told(List<IntegrityProgress> list, Action? then = null) : IProgress<IntegrityProgress>
    {
        public void Report(IntegrityProgress value)
        {
            list.Add(value);
            then?.Invoke();
        }
    }
}
