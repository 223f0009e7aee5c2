using Microsoft.Data.Sqlite;
using Nagare.Storage;

namespace Nagare.Sqlite.Tests;

public class AppendOnlyTests
{
    private const string Columns = "position, stream_id, version, event_id, family, type, schema_version, recorded_at, content_hash, data";

    [Theory]
    [InlineData("update nagare_events set data = x'00' where position = 1")]
    [InlineData("update or replace nagare_events set position = 1 where position = 2")]
    [InlineData("update or ignore nagare_events set actor = 'me'")]
    [InlineData("delete from nagare_events where position = 2")]
    [InlineData("delete from nagare_events")]
    [InlineData($"insert or replace into nagare_events ({Columns}) select 1, 's/other', 1, randomblob(16), 'f', 't', 1, 0, x'00', x'00'")]
    [InlineData($"replace into nagare_events ({Columns}) select 99, stream_id, version, randomblob(16), 'f', 't', 1, 0, x'00', x'00' from nagare_events where position = 1")]
    [InlineData($"insert or replace into nagare_events ({Columns}) select 99, 's/other', 1, event_id, 'f', 't', 1, 0, x'00', x'00' from nagare_events where position = 1")]
    [InlineData($"insert into nagare_events ({Columns}) select 1, 's/other', 1, randomblob(16), 'f', 't', 1, 0, x'00', x'00' where true on conflict (position) do update set data = x'00'")]
    [InlineData("update nagare_links set cause = x'00'")]
    [InlineData("delete from nagare_links")]
    public async Task The_database_itself_refuses_to_change_delete_or_replace_what_is_stored(string sql)
    {
        using var file = new JournalFile();
        await using var journal = await file.Open();
        await journal.Append(Appends.To(Appends.Stream, ExpectedVersion.Any, Appends.Event("a"), Appends.Event("b", furtherCauses: ["request-7"])), default);
        var before = await journal.ReadAll();

        var refusal = Assert.Throws<SqliteException>(() => file.Execute(sql));
        Assert.Contains("Nagare: ", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before.Select(Facts), (await journal.ReadAll()).Select(Facts));
    }

    [Fact]
    public async Task Without_the_guard_a_replacement_would_pass()
    {
        using var file = new JournalFile();
        await using var journal = await file.Open();
        await journal.Append(Appends.Of("a"), default);
        file.Execute("drop trigger nagare_events_guard_insert");
        file.Execute($"insert or replace into nagare_events ({Columns}) select 1, stream_id, version, event_id, family, type, 1, 0, content_hash, x'00' from nagare_events");
        Assert.NotEqual("a", (await journal.ReadAll())[0].Text());
    }

    [Fact]
    public async Task A_trigger_that_swallows_events_is_noticed_by_counting()
    {
        using var file = new JournalFile();
        await using var journal = await file.Open();
        file.Execute("create trigger swallow before insert on nagare_events when new.stream_id = 'note/lost' begin select raise(ignore); end");
        var lost = await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.Append(Appends.To(new("note", "lost"), ExpectedVersion.Any, Appends.Event("a")), default).AsTask());
        Assert.Contains("0 rows inserted where 1", lost.Message, StringComparison.Ordinal);
        await journal.Append(Appends.Of("b"), default);
        Assert.Equal(1, (await journal.ReadHead(default)).Position);
    }

    [Fact]
    public void Nothing_on_the_way_of_an_insert_makes_SQLite_copy_the_pages_it_changes()
    {
        // It does for every statement that can be aborted alone: by a check constraint, by RAISE(ABORT), by any function.
        Assert.DoesNotContain("check", SqliteTables.CreateEvents, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("abort", SqliteTables.GuardInsert, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(@"\b(?!raise\b)\w+\(", SqliteTables.GuardInsert);
        Assert.StartsWith("insert or fail into", SqliteWriteStatements.InsertEvent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_replacement_takes_its_whole_transaction_with_it()
    {
        using var file = new JournalFile();
        await using var journal = await file.Open();
        await journal.Append(Appends.Of("a"), default);
        using var connection = file.Connect();
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"insert into nagare_events ({Columns}) select 2, 's/other', 1, randomblob(16), 'f', 't', 1, 0, x'00', x'00'";
        Assert.Equal(1, command.ExecuteNonQuery());
        command.CommandText = $"insert or replace into nagare_events ({Columns}) select 1, 's/other', 2, randomblob(16), 'f', 't', 1, 0, x'00', x'00'";
        Assert.Throws<SqliteException>(() => command.ExecuteNonQuery());
        Assert.Equal("a", Assert.Single(await journal.ReadAll()).Text());
    }

    [Fact]
    public async Task A_row_whose_id_no_journal_wrote_is_a_typed_error()
    {
        using var file = new JournalFile();
        await using var journal = await file.Open();
        file.Execute($"insert into nagare_events ({Columns}) select 1, 's/other', 1, x'0102', 'f', 't', 1, 0, x'00', x'00'");
        var damaged = await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.ReadAll());
        Assert.Contains("position 1 has an id of 2 bytes", damaged.Message, StringComparison.Ordinal);
    }

    private static (long, string, string) Facts(StoredRow row) => (row.Position, row.StreamId, row.Text());
}
