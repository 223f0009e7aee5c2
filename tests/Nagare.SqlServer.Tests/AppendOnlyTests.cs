using Microsoft.Data.SqlClient;

namespace Nagare.SqlServer.Tests;

public class AppendOnlyTests
{
    [Theory]
    [InlineData("update $s.nagare_events set data = 0x00 where position = 1")]
    [InlineData("update $s.nagare_events set actor = 0x00 where 1 = 0")]
    [InlineData("delete from $s.nagare_events where position = 2")]
    [InlineData("delete from $s.nagare_events")]
    [InlineData("update $s.nagare_links set cause = 0x00")]
    [InlineData("delete from $s.nagare_links")]
    [InlineData("update $s.nagare_head set position = 0")]
    [InlineData("update $s.nagare_head set recorded_at = 0")]
    [InlineData("delete from $s.nagare_head")]
    public async Task The_database_itself_refuses_its_owner_to_change_delete_or_take_back_what_is_stored(string sql)
    {
        await using var schema = new JournalSchema();
        await using var journal = await schema.Open();
        await journal.Append(Appends.To(Appends.Stream, ExpectedVersion.Any, Appends.Event("a"), Appends.Event("b", furtherCauses: ["request-7"])), default);
        var head = await journal.ReadHead(default);

        var refusal = await Assert.ThrowsAsync<SqlException>(() => schema.Execute(sql));
        Assert.Contains("Nagare: ", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(59001, refusal.Number);
        Assert.Equal(["a", "b"], (await journal.ReadAll()).Select(row => row.Text()));
        Assert.Equal(head, await journal.ReadHead(default));
    }

    [Theory]
    [InlineData("update $s.nagare_events set actor = 0x00")]
    [InlineData("delete from $s.nagare_events")]
    [InlineData("truncate table $s.nagare_events")]
    [InlineData("truncate table $s.nagare_links")]
    [InlineData("alter table $s.nagare_events disable trigger nagare_events_refuse_update")]
    [InlineData("drop table $s.nagare_events")]
    [InlineData("create table $s.nagare_more (id int)")]
    [InlineData("delete from $s.nagare_head")]
    [InlineData("update $s.nagare_types set [schema] = 0x00")]
    [InlineData("update $s.nagare_format set version = 2")]
    public async Task The_applications_user_may_append_and_read_and_nothing_else(string sql)
    {
        await using var schema = new JournalSchema();
        await schema.CreateWithRole();
        await using (var journal = new SqlServerJournal(schema.ApplicationOptions()))
        {
            await journal.Open(default);
            await journal.Append(Appends.Of("a"), default);
            await Assert.ThrowsAsync<SqlException>(() => schema.Scalar(sql, schema.ApplicationOptions().ConnectionString));
            Assert.Equal("a", Assert.Single(await journal.ReadAll()).Text());
            Assert.Equal(2, (await journal.Append(Appends.Of("b"), default)).LastPosition.Value);
            await journal.CheckSchema(default);
        }
    }

    // Both ways of storing: the first append asks under the lock, the second is stored at once.
    [Fact]
    public async Task A_trigger_that_swallows_events_is_noticed_by_counting()
    {
        await using var schema = new JournalSchema();
        await using var journal = await schema.Open();
        await schema.Execute("""
            create trigger $s.swallow on $s.nagare_events instead of insert as
            begin
                insert into $s.nagare_events select * from inserted where stream_id <> cast('note/lost' as varbinary(255));
            end
            """);
        for (var position = 1; position <= 3; position++)
        {
            var lost = await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.Append(Appends.To(new("note", "lost"), ExpectedVersion.NoStream, Appends.Event("a")), default).AsTask());
            Assert.Contains("0 rows inserted where 1", lost.Message, StringComparison.Ordinal);
            await journal.Append(Appends.Of("b"), default);
            Assert.Equal(position, (await journal.ReadHead(default)).Position);
        }
    }
}
