using Npgsql;

namespace Nagare.PostgreSql.Tests;

public class AppendOnlyTests
{
    [Theory]
    [InlineData("update nagare_events set data = '\\x00' where position = 1")]
    [InlineData("update nagare_events set actor = 'me' where false")]
    [InlineData("delete from nagare_events where position = 2")]
    [InlineData("truncate nagare_events")]
    [InlineData("set session_replication_role = replica; delete from nagare_events")]
    [InlineData("update nagare_links set cause = '\\x00'")]
    [InlineData("delete from nagare_links")]
    [InlineData("truncate nagare_links")]
    [InlineData("update nagare_head set position = 0")]
    [InlineData("update nagare_head set recorded_at = 0")]
    [InlineData("delete from nagare_head")]
    public async Task The_database_itself_refuses_its_owner_to_change_delete_or_take_back_what_is_stored(string sql)
    {
        await using var schema = new JournalSchema();
        await using var journal = await schema.Open();
        await journal.Append(Appends.To(Appends.Stream, ExpectedVersion.Any, Appends.Event("a"), Appends.Event("b", furtherCauses: ["request-7"])), default);
        var head = await journal.ReadHead(default);

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => schema.Execute(sql));
        Assert.Contains("Nagare: ", refusal.MessageText, StringComparison.Ordinal);
        Assert.Equal(["a", "b"], (await journal.ReadAll()).Select(row => row.Text()));
        Assert.Equal(head, await journal.ReadHead(default));
    }

    [Theory]
    [InlineData("update nagare_events set actor = 'me'")]
    [InlineData("delete from nagare_events")]
    [InlineData("truncate nagare_events")]
    [InlineData("alter table nagare_events disable trigger all")]
    [InlineData("drop table nagare_events cascade")]
    [InlineData("create table nagare_more (id integer)")]
    [InlineData("delete from nagare_head")]
    [InlineData("update nagare_types set schema = ''")]
    [InlineData("update nagare_format set version = 2")]
    public async Task The_applications_role_may_append_and_read_and_nothing_else(string sql)
    {
        await using var schema = new JournalSchema();
        await schema.CreateWithRole();
        await using var journal = new PostgreSqlJournal(schema.ApplicationOptions());
        await journal.Open(default);
        await journal.Append(Appends.Of("a"), default);

        var asApplication = $"{schema.ApplicationOptions().ConnectionString};Search Path={schema.Name}";
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => Server.Scalar(sql, asApplication));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
        Assert.Equal("a", Assert.Single(await journal.ReadAll()).Text());
    }

    // Both ways of storing: the first append asks under the lock, the second is stored at once.
    [Fact]
    public async Task A_trigger_that_swallows_events_is_noticed_by_counting()
    {
        await using var schema = new JournalSchema();
        await using var journal = await schema.Open();
        await schema.Execute("""
            create function swallow() returns trigger language plpgsql as $$ begin if new.stream_id = 'note/lost' then return null; end if; return new; end $$;
            create trigger swallow before insert on nagare_events for each row execute function swallow()
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
