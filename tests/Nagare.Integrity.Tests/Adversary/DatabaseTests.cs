using System.Data.Common;
using Nagare.Storage;

namespace Nagare.Integrity.Tests;

/// <summary>The same on real tables: what a builder stores, what the database refuses, and what an adversary with all rights does once the triggers are gone.</summary>
public class DatabaseTests
{
    private const int Events = 4_700;

    public static TheoryData<string> Databases => Place.All;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task The_tree_is_built_proven_and_read_again_after_a_restart(string database)
    {
        await using var place = Place.Of(database);
        SignedCheckpoint checkpoint;
        await using (var journal = await place.Open())
        {
            await journal.Fill(Events);
            var integrity = Keys.IntegrityOf(journal);
            Assert.Equal(4_096, (await integrity.Build(Cancellation)).Value);
            Assert.Equal(4_096, (await integrity.Build(Cancellation)).Value);
            checkpoint = await integrity.Checkpoint(Cancellation);
            Assert.Equal(checkpoint.Text, (await integrity.Checkpoint(Cancellation)).Text);
        }

        await using (var journal = await place.Open())
        {
            var integrity = Keys.IntegrityOf(journal);
            var rows = await Rows(journal);
            Assert.Equal(Vectors.Root([.. rows.Select(row => EventLeaf.Compute(row.AsStoredEvent()))]), checkpoint.Root);
            foreach (var row in rows.Where((_, i) => i % 600 == 0).Append(rows[^1]))
            {
                Assert.True(ProofVerifier.Verify(await integrity.Prove(row.EventId, checkpoint, Cancellation), EventLine.Write(row.AsStoredEvent()), Keys.Own.Key));
            }

            var report = await integrity.Verify(JournalScope.Everything, checkpoint, Cancellation);
            Assert.Empty(report.Findings);
            Assert.Equal(Events, report.Checked);
            using var bundle = new MemoryStream();
            await integrity.WriteBundle(new BundleRequest { Checkpoint = checkpoint, Key = JournalKey.Subject("customer-2") }, bundle, Cancellation);
            bundle.Position = 0;
            Assert.Empty((await BundleVerifier.Verify(bundle, Keys.Own.Key, Cancellation)).Problems);
        }
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Several_builders_and_writers_at_once_leave_one_tree(string database)
    {
        await using var place = Place.Of(database);
        await using var journal = await place.Open();
        await using var second = await place.Open();
        await journal.Fill(5_000);
        await Task.WhenAll(
            Task.Run(() => journal.Fill(4_000, 2), Cancellation),
            Task.Run(async () => await Keys.IntegrityOf(journal).Build(Cancellation), Cancellation),
            Task.Run(async () => await Keys.IntegrityOf(second).Build(Cancellation), Cancellation),
            Task.Run(async () => await Keys.IntegrityOf(second).Checkpoint(Cancellation), Cancellation));
        var integrity = Keys.IntegrityOf(second);
        Assert.Equal(8_192, (await integrity.Build(Cancellation)).Value);
        var checkpoint = await integrity.Checkpoint(Cancellation);
        Assert.Equal(Vectors.Root([.. (await Rows(journal)).Select(row => EventLeaf.Compute(row.AsStoredEvent()))]), checkpoint.Root);
        Assert.Empty((await integrity.Verify(JournalScope.Everything, checkpoint, Cancellation)).Findings);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Whoever_stores_the_same_rows_at_once_has_them_stored(string database)
    {
        await using var place = Place.Of(database);
        await using var journal = await place.Open();
        // Each row takes its time, so that all are under way with the same one.
        await place.SlowTreeRows();
        var rows = Enumerable.Range(0, 48).Select(i => new TreeRow(TreeKind.Events, 0, i, new byte[TreeShape.RowBytes])).ToList();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () => await journal.StoreTreeRows(rows, Cancellation), Cancellation)));
        Assert.Equal(rows.Count, await journal.NextTreeIndex(TreeKind.Events, 0, Cancellation));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task The_database_refuses_to_change_the_tree(string database)
    {
        await using var place = Place.Of(database);
        await using var journal = await place.Open();
        await journal.Fill(300);
        var checkpoint = await Keys.IntegrityOf(journal).Checkpoint(Cancellation);
        await Assert.ThrowsAnyAsync<DbException>(() => place.Execute($"update $nagare_tree set bytes = {place.Hex([1])}"));
        await Assert.ThrowsAnyAsync<DbException>(() => place.Execute("delete from $nagare_tree"));
        // A row that is there stays as it is, whoever stores another in its place.
        await journal.StoreTreeRows([new TreeRow(TreeKind.Events, 0, 0, new byte[TreeShape.RowBytes])], Cancellation);
        if (database == "SQLite")
        {
            await place.Execute($"insert or replace into nagare_tree (tree, level, ordinal, bytes) values (1, 0, 0, {place.Hex([1])})");
        }

        Assert.Empty((await Keys.IntegrityOf(journal).Verify(JournalScope.Everything, checkpoint, Cancellation)).Findings);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task With_the_triggers_gone_and_every_hash_recomputed_it_is_found_and_located(string database)
    {
        await using var place = Place.Of(database);
        await using var journal = await place.Open();
        await journal.Fill(Events);
        var integrity = Keys.IntegrityOf(journal);
        var checkpoint = await integrity.Checkpoint(Cancellation);
        var rows = await Rows(journal);
        await place.DropTriggers();

        // Changed, and its content hash with it.
        var edited = Tests.Events.Rehashed(rows[299] with { Data = "{\"text\":\"forged\"}"u8.ToArray() });
        await Write(place, edited);
        AssertFound(await integrity.Verify(JournalScope.Everything, checkpoint, Cancellation), 300, FindingKind.EventChanged);
        await Assert.ThrowsAsync<IntegrityException>(async () => await integrity.Prove((Position)300, checkpoint, Cancellation));
        await Write(place, rows[299]);

        // Changed without its hash.
        await Write(place, edited with { ContentHash = rows[299].ContentHash });
        AssertFound(await integrity.Verify(JournalScope.Everything, checkpoint, Cancellation), 300, FindingKind.ContentChanged);
        await Write(place, rows[299]);

        // An id that is none makes the row unreadable, and no verification fail over it.
        Assert.Empty((await integrity.Verify(JournalScope.Everything, checkpoint, Cancellation)).Findings);

        // Deleted from within, and from the end.
        await place.Execute("delete from $nagare_events where position = 4650");
        AssertFound(await integrity.Verify(JournalScope.Everything, checkpoint, Cancellation), 4_650, FindingKind.EventMissing);
        await place.Execute("delete from $nagare_events where position > 4600");
        var report = await integrity.Verify(JournalScope.Everything, checkpoint, Cancellation);
        var missing = Assert.Single(report.Findings, finding => finding.Kind == FindingKind.EventMissing);
        Assert.Equal((4_601, Events), (missing.Position.Value, missing.LastPosition.Value));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task With_the_whole_stored_tree_rewritten_too_it_is_still_found(string database)
    {
        await using var place = Place.Of(database);
        await using var journal = await place.Open();
        await journal.Fill(700);
        var integrity = Keys.IntegrityOf(journal);
        var checkpoint = await integrity.Checkpoint(Cancellation);
        var row = (await Rows(journal))[299];
        await place.DropTriggers();
        await Write(place, Tests.Events.Rehashed(row with { Data = "{\"text\":\"forged\"}"u8.ToArray() }));
        await place.Execute("delete from $nagare_tree");
        var forged = await integrity.Checkpoint(Cancellation);
        Assert.Empty((await integrity.Verify(JournalScope.Everything, forged, Cancellation)).Findings);
        var report = await integrity.Verify(JournalScope.Everything, checkpoint, Cancellation);
        Assert.Contains(report.Findings, finding => finding.Kind == FindingKind.RangeChanged && finding.Position.Value == 1 && finding.LastPosition.Value == 700);
        await Assert.ThrowsAsync<IntegrityException>(async () => await integrity.ProveConsistency(checkpoint, forged, Cancellation));
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_is_one_finding_and_not_the_end()
    {
        await using var place = Place.Of("SQLite");
        await using var journal = await place.Open();
        await journal.Fill(700);
        var integrity = Keys.IntegrityOf(journal);
        var checkpoint = await integrity.Checkpoint(Cancellation);
        await place.DropTriggers();
        await place.Execute("update nagare_events set event_id = X'00' where position = 300");
        var report = await integrity.Verify(JournalScope.Everything, checkpoint, Cancellation);
        Assert.Equal([FindingKind.EventUnreadable, FindingKind.EventMissing], report.Findings.Select(finding => finding.Kind));
        Assert.All(report.Findings, finding => Assert.Equal(300, finding.Position.Value));
    }

    private static void AssertFound(IntegrityReport report, long position, FindingKind kind)
    {
        var finding = Assert.Single(report.Findings, finding => finding.Kind != FindingKind.NodeChanged);
        Assert.Equal((position, position, kind), (finding.Position.Value, finding.LastPosition.Value, finding.Kind));
    }

    private static Task Write(Place place, StoredRow row) => place.Execute(
        $"update $nagare_events set data = {place.Hex(row.Data.Span)}, content_hash = {place.Hex(row.ContentHash.Span)} where position = {row.Position}");

    private static async Task<List<StoredRow>> Rows(IJournalStorage journal)
    {
        var rows = new List<StoredRow>();
        await foreach (var row in StoredScope.Read(journal, JournalScope.Everything, Cancellation))
        {
            rows.Add(row);
        }

        return rows;
    }
}
