using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Nagare.Storage;

namespace Nagare.Integrity.Tests;

/// <summary>The stored tree is a function of the events: whoever builds it, how often, and from where.</summary>
public class BuilderTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(4_095)]
    [InlineData(4_096)]
    [InlineData(4_097)]
    [InlineData(9_000)]
    public async Task A_checkpoint_signs_the_root_over_all_leaves(int events)
    {
        var storage = new OpenStorage();
        await storage.Fill(events);
        var checkpoint = await Keys.IntegrityOf(storage).Checkpoint(Cancellation);
        Assert.Equal(events, checkpoint.Size);
        Assert.Equal(Vectors.Root(Leaves(storage)), checkpoint.Root);
        Assert.Equal(events / 256, await storage.NextTreeIndex(TreeKind.Events, 0, Cancellation));
    }

    [Fact]
    public async Task A_tree_built_in_steps_by_several_at_once_is_the_tree_built_in_one()
    {
        var (stepwise, atOnce) = (new OpenStorage(), new OpenStorage());
        for (var step = 0; step < 10; step++)
        {
            await stepwise.Fill(1_000, step);
            var first = Keys.IntegrityOf(stepwise);
            await Task.WhenAll(first.Build(Cancellation).AsTask(), Keys.IntegrityOf(stepwise).Build(Cancellation).AsTask());
            await first.Checkpoint(Cancellation);
        }

        (atOnce.Rows, atOnce.Head) = (stepwise.Rows, stepwise.Head);
        var together = await Keys.IntegrityOf(atOnce).Checkpoint(Cancellation);
        Assert.Equal((await Keys.IntegrityOf(stepwise).Checkpoint(Cancellation)).Text, together.Text);
        foreach (var (key, bytes) in atOnce.Tree)
        {
            Assert.Equal(bytes, stepwise.Tree[key]);
        }
    }

    [Fact]
    public async Task A_build_that_was_cut_short_is_gone_on_with()
    {
        var (cut, whole) = (new OpenStorage(), new OpenStorage());
        await cut.Fill(9_000);
        (whole.Rows, whole.Head) = (cut.Rows, cut.Head);
        var expected = await Keys.IntegrityOf(whole).Checkpoint(Cancellation);
        // Any first part of what a builder stores, as a kill leaves it.
        foreach (var kept in new[] { 0, 1, 5, 16, 17, 18, 20, 33, 35 })
        {
            cut.Tree = new(whole.Tree.Where(row => row.Key.Tree != TreeKind.Edges).OrderBy(row => (row.Key.Tree == TreeKind.Events ? row.Key.Index : (row.Key.Index + 1) * 16, row.Key.Tree)).Take(kept).ToDictionary());
            Assert.Equal(expected.Text, (await Keys.IntegrityOf(cut).Checkpoint(Cancellation)).Text);
            Assert.Equal(whole.Tree.Keys, cut.Tree.Keys);
        }
    }

    [Fact]
    public async Task A_hosts_builder_rests_nine_times_as_long_as_it_worked()
    {
        var clock = new FakeTimeProvider();
        var storage = new OpenStorage { OnRead = () => clock.Advance(TimeSpan.FromSeconds(1)) };
        await storage.Fill(9_000);
        var built = new TreeBuilder(storage, storage).Build(new BuildPace(0.1, clock), Cancellation).AsTask();
        Assert.Equal(1, await storage.NextTreeIndex(TreeKind.Counts, 0, Cancellation));
        clock.Advance(TimeSpan.FromSeconds(8.9));
        Assert.Equal(1, await storage.NextTreeIndex(TreeKind.Counts, 0, Cancellation));
        clock.Advance(TimeSpan.FromSeconds(0.1));
        while (await storage.NextTreeIndex(TreeKind.Counts, 0, Cancellation) < 2)
        {
            await Task.Delay(1, Cancellation);
        }

        // The last run is rested for as well: the next look may find another one.
        Assert.False(built.IsCompleted);
        while (!built.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1, Cancellation);
        }

        Assert.Equal(8_192, await built);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void A_share_that_is_none_is_refused_when_it_is_set_up(double share) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ServiceCollection().AddNagare(nagare => nagare.UseIntegrity(integrity => integrity.BuildShare = share)));

    [Fact]
    public async Task A_proof_reads_a_row_for_each_256_fold_of_the_journal()
    {
        var storage = new OpenStorage();
        await storage.Fill(66_000);
        var integrity = Keys.IntegrityOf(storage);
        var checkpoint = await integrity.Checkpoint(Cancellation);
        foreach (var position in new[] { 1L, 300, 4_096, 65_536, 65_537, 66_000 })
        {
            storage.TreeReads = 0;
            var proof = await integrity.Prove((Position)position, checkpoint, Cancellation);
            // The edge, and one row of each of the two levels that have any.
            Assert.InRange(storage.TreeReads, 1, 3);
            Assert.True(ProofVerifier.Verify(proof, EventLine.Write(storage.Rows[position].AsStoredEvent()), Keys.Own.Key));
        }
    }

    [Fact]
    public async Task A_proof_under_an_older_checkpoint_still_holds_when_the_journal_has_grown()
    {
        var storage = new OpenStorage();
        var integrity = Keys.IntegrityOf(storage);
        var checkpoints = new List<SignedCheckpoint> { await integrity.Checkpoint(Cancellation) };
        foreach (var events in new[] { 1, 100, 155, 1, 800, 3_500, 1_000 })
        {
            await storage.Fill(events, events);
            checkpoints.Add(await integrity.Checkpoint(Cancellation));
        }

        foreach (var older in checkpoints)
        {
            foreach (var newer in checkpoints.Where(newer => newer.Size >= older.Size))
            {
                var proof = await integrity.ProveConsistency(older, newer, Cancellation);
                Assert.True(ProofVerifier.Verify(ConsistencyProof.Parse(proof.ToJson()), Keys.Own.Key));
                if (older.Size > 0)
                {
                    var inclusion = await integrity.Prove((Position)older.Size, newer, Cancellation);
                    Assert.True(ProofVerifier.Verify(InclusionProof.Parse(inclusion.ToJson()), EventLine.Write(storage.Rows[older.Size].AsStoredEvent()), Keys.Own.Key));
                }
            }
        }

        await Assert.ThrowsAsync<IntegrityException>(async () => await integrity.ProveConsistency(checkpoints[^1], checkpoints[1], Cancellation));
        await Assert.ThrowsAsync<IntegrityException>(async () => await integrity.Prove((Position)102, checkpoints[2], Cancellation));
    }

    [Fact]
    public async Task A_copy_that_keeps_positions_and_times_leads_to_the_same_checkpoint_without_its_tree()
    {
        var storage = new OpenStorage();
        await storage.Fill(5_000);
        var checkpoint = await Keys.IntegrityOf(storage).Checkpoint(Cancellation);
        var copy = new OpenStorage { Rows = storage.Rows, Head = storage.Head };
        var integrity = Keys.IntegrityOf(copy);
        Assert.Empty((await integrity.Verify(JournalScope.Everything, checkpoint, Cancellation)).Findings);
        Assert.Empty(copy.Tree);
        Assert.True(ProofVerifier.Verify(await integrity.Prove((Position)77, checkpoint, Cancellation), EventLine.Write(copy.Rows[77].AsStoredEvent()), Keys.Own.Key));
    }

    [Fact]
    public async Task Nothing_is_built_over_a_gap_or_a_changed_event()
    {
        var storage = new OpenStorage();
        await storage.Fill(300);
        var (row, integrity) = (storage.Rows[17], Keys.IntegrityOf(storage));
        storage.Rows.Remove(17);
        await Assert.ThrowsAsync<IntegrityException>(async () => await integrity.Checkpoint(Cancellation));
        storage.Rows[17] = row with { Actor = "agent:b" };
        await Assert.ThrowsAsync<IntegrityException>(async () => await integrity.Checkpoint(Cancellation));
        storage.Rows[17] = row;
        await integrity.Checkpoint(Cancellation);
    }

    [Fact]
    public async Task Without_a_signer_or_a_key_the_error_says_what_to_set()
    {
        var integrity = new JournalIntegrity(new OpenStorage(), new IntegrityOptions());
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await integrity.Checkpoint(Cancellation));
        var checkpoint = await SignedCheckpoint.Sign("example.com/agents", 0, MerkleTree.EmptyRoot, MerkleTree.EmptyRoot, Keys.Own, Cancellation);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await integrity.Verify(JournalScope.Everything, checkpoint, Cancellation));
    }

    private static TreeHash[] Leaves(OpenStorage storage) => [.. storage.Rows.Values.Select(row => EventLeaf.Compute(row.AsStoredEvent()))];
}
