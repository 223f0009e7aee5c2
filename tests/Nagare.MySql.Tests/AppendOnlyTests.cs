using MySqlConnector;

namespace Nagare.MySql.Tests;

public abstract class AppendOnlyTests(Server server)
{
    // What an account without a right is told: about a table, a column, a database, a routine, a system variable.
    private static readonly MySqlErrorCode[] Denied =
    [
        MySqlErrorCode.TableAccessDenied, MySqlErrorCode.ColumnAccessDenied, MySqlErrorCode.DatabaseAccessDenied, MySqlErrorCode.PrecedureAccessDenied,
        MySqlErrorCode.SpecifiedAccessDeniedError,
    ];

    [Theory]
    [InlineData("update nagare_events set data = '' where position = 1")]
    [InlineData("update ignore nagare_events set actor = 'me'")]
    [InlineData("delete from nagare_events where position = 2")]
    [InlineData("delete ignore from nagare_events")]
    [InlineData("delete e, l from nagare_events e join nagare_links l on l.event_position = e.position")]
    [InlineData("replace into nagare_events select * from nagare_events where position = 1")]
    [InlineData("insert into nagare_events select * from nagare_events on duplicate key update data = ''")]
    [InlineData("set session sql_mode = '', unique_checks = 0, foreign_key_checks = 0; delete from nagare_events")]
    [InlineData("update nagare_links set cause = ''")]
    [InlineData("delete from nagare_links")]
    [InlineData("replace into nagare_links select * from nagare_links")]
    [InlineData("delete from nagare_head")]
    [InlineData("replace into nagare_head values (1)")]
    public async Task The_database_itself_refuses_its_owner_to_change_delete_or_take_back_what_is_stored(string sql)
    {
        await using var database = new JournalDatabase(server);
        await using var journal = await database.Open();
        await journal.Append(Appends.To(Appends.Stream, ExpectedVersion.Any, Appends.Event("a"), Appends.Event("b", furtherCauses: ["request-7"])), default);
        var head = await journal.ReadHead(default);

        var refusal = await Assert.ThrowsAsync<MySqlException>(() => database.Execute(sql));
        Assert.Contains("Nagare: ", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(["a", "b"], (await journal.ReadAll()).Select(row => row.Text()));
        Assert.Equal(head, await journal.ReadHead(default));
    }

    [Theory]
    [InlineData("update nagare_events set actor = 'me'")]
    [InlineData("delete from nagare_events")]
    [InlineData("truncate nagare_events")]
    [InlineData("replace into nagare_events select * from nagare_events")]
    [InlineData("insert into nagare_events select * from nagare_events on duplicate key update data = ''")]
    [InlineData("drop trigger nagare_events_refuse_update")]
    [InlineData("alter table nagare_events engine = MyISAM")]
    [InlineData("drop table nagare_events")]
    [InlineData("rename table nagare_events to nagare_past")]
    [InlineData("create table nagare_more (id integer)")]
    [InlineData("drop function nagare_guards")]
    [InlineData("delete from nagare_head")]
    [InlineData("update nagare_types set `schema` = ''")]
    [InlineData("update nagare_format set version = 2")]
    public async Task The_applications_account_may_append_and_read_and_nothing_else(string sql)
    {
        await using var database = new JournalDatabase(server);
        await database.CreateWithAccount();
        await using var journal = new MySqlJournal(database.ApplicationOptions());
        await journal.Open(default);
        await journal.Append(Appends.Of("a"), default);

        var asApplication = $"{database.ApplicationOptions().ConnectionString};Database={database.Name}";
        var refusal = await Assert.ThrowsAsync<MySqlException>(() => Server.Scalar(sql, asApplication));
        Assert.Contains(refusal.ErrorCode, Denied);
        Assert.Equal("a", Assert.Single(await journal.ReadAll()).Text());
    }
}

public class MySqlAppendOnlyTests() : AppendOnlyTests(Server.MySql);

public class MariaDbAppendOnlyTests() : AppendOnlyTests(Server.MariaDb);
