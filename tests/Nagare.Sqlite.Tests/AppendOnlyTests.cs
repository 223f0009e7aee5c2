using Microsoft.Data.Sqlite;

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
        file.Execute("drop trigger nagare_events_refuse_replace");
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

    private static (long, string, string) Facts(Nagare.Storage.StoredRow row) => (row.Position, row.StreamId, row.Text());
}
