using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using MySqlConnector;

namespace Nagare.MySql.Tests;

public abstract class SchemaTests(Server server)
{
    [Fact]
    public async Task The_script_run_by_hand_makes_a_journal_that_checking_only_accepts()
    {
        await using var database = new JournalDatabase(server);
        var options = database.Options();
        options.Schema = JournalSchemaHandling.CheckOnly;
        await using var journal = new MySqlJournal(options);
        var missing = await Assert.ThrowsAsync<JournalSchemaException>(() => journal.Open(default).AsTask());
        Assert.Contains(database.Name, missing.Message, StringComparison.Ordinal);

        await using (var connection = await Server.Connect(server.ConnectionString))
        {
            foreach (var statement in Server.Statements(journal.SchemaScript))
            {
                await using var command = new MySqlCommand(statement, connection);
                await command.ExecuteNonQueryAsync();
            }
        }

        await journal.CheckSchema(default);
        await journal.Open(default);
        Assert.Equal(1, (await journal.Append(Appends.Of("a"), default)).LastPosition.Value);
    }

    // What a person runs: whether it is a script is for the client to say that reads it.
    [Fact]
    public async Task The_servers_own_client_takes_the_script()
    {
        await using var database = new JournalDatabase(server);
        await using var journal = new MySqlJournal(database.Options());
        var settings = new MySqlConnectionStringBuilder(server.ConnectionString);
        var start = new ProcessStartInfo("mysql", ["--protocol=tcp", $"--host={settings.Server}", string.Create(CultureInfo.InvariantCulture, $"--port={settings.Port}"), $"--user={settings.UserID}"])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["MYSQL_PWD"] = settings.Password;
        using var client = new Process { StartInfo = start };
        try
        {
            client.Start();
        }
        catch (Win32Exception)
        {
            Assert.Skip("the client 'mysql' is not there: it comes with the servers' packages");
        }

        await client.StandardInput.WriteAsync(journal.SchemaScript);
        client.StandardInput.Close();
        var said = await client.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken) + await client.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await client.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(client.ExitCode == 0, said);
        await journal.CheckSchema(default);
    }

    [Fact]
    public async Task Eight_may_create_the_same_journal_at_once()
    {
        await using var database = new JournalDatabase(server);
        var journals = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => database.Open(options => options.BusyTimeout = TimeSpan.FromSeconds(60))));
        await Task.WhenAll(journals.Select(journal => journal.Append(Appends.Of("a"), default).AsTask()));
        Assert.Equal(8, (await journals[0].ReadHead(default)).Position);
        foreach (var journal in journals)
        {
            await journal.DisposeAsync();
        }
    }

    // DDL is no part of a transaction, so whoever dies in the middle leaves what was made so far.
    [Fact]
    public async Task A_creation_that_was_killed_after_any_statement_is_completed_by_the_next()
    {
        await using var first = new JournalDatabase(server);
        await using var whole = new MySqlJournal(first.Options());
        var count = Server.Statements(whole.SchemaScript).Count;
        for (var made = 1; made < count; made++)
        {
            await using var database = new JournalDatabase(server);
            await using var journal = new MySqlJournal(database.Options());
            var statements = Server.Statements(journal.SchemaScript);
            await using (var connection = await Server.Connect(server.ConnectionString))
            {
                foreach (var statement in statements.Take(made))
                {
                    await using var command = new MySqlCommand(statement, connection);
                    await command.ExecuteNonQueryAsync();
                }
            }

            await Assert.ThrowsAsync<JournalSchemaException>(() => journal.CheckSchema(default).AsTask());
            await journal.Open(default);
            Assert.Equal(1, (await journal.Append(Appends.Of("a"), default)).LastPosition.Value);
        }
    }

    [Fact]
    public async Task A_creator_that_holds_the_lock_for_too_long_makes_others_say_busy()
    {
        await using var database = new JournalDatabase(server);
        await using var other = await Server.Connect(server.ConnectionString);
        await using (var take = new MySqlCommand("select get_lock('nagare_schema', 60)", other))
        {
            Assert.Equal(1, Convert.ToInt32(await take.ExecuteScalarAsync(), CultureInfo.InvariantCulture));
        }

        await Assert.ThrowsAsync<JournalBusyException>(() => database.Open(options => options.BusyTimeout = TimeSpan.FromSeconds(1)));
        await other.CloseAsync();
        await using var journal = await database.Open();
    }

    [Theory]
    [InlineData("drop trigger nagare_events_refuse_update", "nagare_events_refuse_update")]
    [InlineData("drop trigger nagare_head_refuse_delete", "nagare_head_refuse_delete")]
    [InlineData("alter table nagare_events drop index nagare_events_correlation", "nagare_events_correlation")]
    [InlineData("drop table nagare_links", "nagare_links")]
    [InlineData("alter table nagare_restores engine = MyISAM", "nagare_restores")]
    [InlineData("alter table nagare_events convert to character set utf8mb4 collate utf8mb4_general_ci", "nagare_events")]
    public async Task What_was_taken_or_switched_off_is_named_when_the_journal_is_checked_and_opened_by_owner_and_application(string sql, string name)
    {
        await using var database = new JournalDatabase(server);
        await database.CreateWithAccount();
        await database.Execute(sql);
        Assert.Contains(name, (await Assert.ThrowsAsync<JournalSchemaException>(() => database.Open())).Message, StringComparison.Ordinal);

        await using var application = new MySqlJournal(database.ApplicationOptions());
        Assert.Contains(name, (await Assert.ThrowsAsync<JournalSchemaException>(() => application.Open(default).AsTask())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    public async Task A_journal_of_an_older_format_is_upgraded_when_it_is_asked_for_and_keeps_what_it_holds(int format, bool atOpening)
    {
        await using var database = new JournalDatabase(server);
        await using (var older = await database.Open())
        {
            await older.Append(Appends.Of("a"), default);
        }

        await MakeOlder(database, format);
        if (!atOpening)
        {
            await using var journal = new MySqlJournal(database.Options());
            await journal.UpgradeSchema(default);
            await journal.UpgradeSchema(default);
        }

        var opened = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => database.Open(options => options.Schema = atOpening ? JournalSchemaHandling.CreateOrUpgrade : JournalSchemaHandling.CheckOnly)));
        Assert.Equal(3, await database.Number("select version from nagare_format"));
        await opened[0].Append(Appends.Of("b"), default);
        await opened[0].Append(Appends.Of("c"), default);
        Assert.Equal(["a", "b", "c"], (await opened[1].ReadAll()).Select(row => row.Text()));
        foreach (var journal in opened)
        {
            await journal.DisposeAsync();
        }
    }

    // Whoever was killed between two statements of an upgrade left a journal without its head, of the format that it was.
    [Fact]
    public async Task An_upgrade_that_was_cut_off_is_completed_by_the_next()
    {
        await using var database = new JournalDatabase(server);
        await using (var older = await database.Open())
        {
            await older.Append(Appends.Of("a"), default);
        }

        await MakeOlder(database, 2);
        await database.Execute("drop table nagare_head");
        await using var journal = await database.Open(options => options.Schema = JournalSchemaHandling.CreateOrUpgrade);
        Assert.Equal(2, (await journal.Append(Appends.Of("b"), default)).LastPosition.Value);
    }

    // What the head was, and the procedure that came with the second.
    private static async Task MakeOlder(JournalDatabase database, int format)
    {
        await database.Execute($"""
            drop table nagare_head;
            create table nagare_head (id tinyint not null primary key check (id = 1), position bigint not null, recorded_at bigint not null);
            insert into nagare_head select 1, max(position), max(recorded_at) from nagare_events;
            create trigger nagare_head_refuse_delete before delete on nagare_head for each row signal sqlstate '45000' set message_text = 'Nagare: stays';
            update nagare_format set version = {format}
            """);
        if (format == 2)
        {
            await database.Execute("create procedure nagare_append(left_position bigint) update nagare_head set position = left_position where id = 1");
        }
    }

    [Fact]
    public async Task A_place_without_a_journal_is_created_by_an_opening_that_may_upgrade_and_refused_by_an_upgrade()
    {
        await using var database = new JournalDatabase(server);
        await using (var nothing = new MySqlJournal(database.Options()))
        {
            await Assert.ThrowsAsync<JournalSchemaException>(() => nothing.UpgradeSchema(default).AsTask());
        }

        await using var journal = await database.Open(options => options.Schema = JournalSchemaHandling.CreateOrUpgrade);
        Assert.Equal(1, (await journal.Append(Appends.Of("a"), default)).LastPosition.Value);
    }

    [Fact]
    public async Task Without_the_function_that_names_the_guards_nobody_can_say_they_are_there()
    {
        await using var database = new JournalDatabase(server);
        await using (await database.Open())
        {
        }

        await database.Execute("drop function nagare_guards");
        Assert.Contains("nagare_guards", (await Assert.ThrowsAsync<JournalUnavailableException>(() => database.Open())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, "newer build")]
    [InlineData(2, "UpgradeSchema")]
    [InlineData(1, "UpgradeSchema")]
    [InlineData(0, "nothing was changed")]
    public async Task A_journal_of_another_format_is_refused_and_left_as_it_is(int version, string advice)
    {
        await using var database = new JournalDatabase(server);
        await using (await database.Open())
        {
        }

        await database.Execute($"update nagare_format set version = {version}");
        Assert.Contains(advice, (await Assert.ThrowsAsync<JournalSchemaException>(() => database.Open())).Message, StringComparison.Ordinal);
        Assert.Equal(version, await database.Number("select version from nagare_format"));
    }

    [Fact]
    public async Task The_connection_string_may_name_the_database()
    {
        await using var database = new JournalDatabase(server);
        await using (var named = new MySqlJournal(new() { ConnectionString = $"{server.ConnectionString};Database={database.Name}" }))
        {
            await named.Open(default);
            await named.Append(Appends.Of("a"), default);
        }

        await using var journal = await database.Open();
        Assert.Equal("a", Assert.Single(await journal.ReadAll()).Text());
    }

    [Fact]
    public async Task An_account_that_may_not_make_triggers_beside_a_binary_log_is_told_what_to_do()
    {
        await using var database = new JournalDatabase(server);
        Assert.SkipWhen(Convert.ToInt32(await server.Scalar("select @@log_bin and not @@log_bin_trust_function_creators"), CultureInfo.InvariantCulture) == 0, $"{server.Title}: keeps no binary log here, or trusts whoever makes triggers");
        await using var owner = await database.CreateOwner();
        var refusal = await Assert.ThrowsAsync<JournalUnavailableException>(() => owner.Open(default).AsTask());
        Assert.Contains("log_bin_trust_function_creators = 1", refusal.Message, StringComparison.Ordinal);

        // What was made so far is completed by an account that may.
        await using var journal = await database.Open();
        Assert.Equal(1, (await journal.Append(Appends.Of("a"), default)).LastPosition.Value);
    }

    // What triggers and functions run as is gone.
    [Fact]
    public async Task Tables_whose_maker_was_dropped_say_so()
    {
        await using var database = new JournalDatabase(server);
        await using (await database.Open())
        {
        }

        await database.Execute("""
            drop function nagare_guards;
            create definer = 'nobody_left'@'%' function nagare_guards() returns text deterministic sql security definer return 'nothing'
            """);
        var refusal = await Assert.ThrowsAsync<JournalUnavailableException>(() => database.Open());
        Assert.Contains("account that made the tables is gone", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("User ID=nobody_here;Password=wrong-secret", "password")]
    public async Task A_door_that_stays_shut_says_why_and_never_the_password(string account, string advice)
    {
        await using var journal = new MySqlJournal(new() { ConnectionString = $"{server.ConnectionString};{account}" });
        var refusal = await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.Open(default).AsTask());
        Assert.Contains(advice, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-secret", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_with_other_defaults_changes_nothing()
    {
        await using var database = new JournalDatabase(server);
        await database.CreateWithAccount();
        var modes = "set session sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT', autocommit = 0, time_zone = '+09:00', sql_safe_updates = 1, sql_select_limit = 1";
        await using var connection = (MySqlConnection)await new Storage.MySqlDialect(database.Options()).Connect(Storage.ServerConnectionUse.Write, default);
        await using var read = new MySqlCommand("select concat_ws('|', @@session.sql_mode, @@session.autocommit + 0, @@session.sql_select_limit)", connection);
        Assert.Equal("STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION|1|18446744073709551615", await read.ExecuteScalarAsync());

        // And a journal made in a session of another kind is the same.
        await using var other = new JournalDatabase(server);
        await using var journal = new MySqlJournal(other.Options());
        await using (var session = await Server.Connect(server.ConnectionString))
        {
            foreach (var statement in (string[])[modes, .. Server.Statements(journal.SchemaScript), "commit"])
            {
                await using var command = new MySqlCommand(statement, session);
                await command.ExecuteNonQueryAsync();
            }
        }

        await journal.CheckSchema(default);
        await journal.Open(default);
        await journal.Append(Appends.Of("a'\\"), default);
        Assert.Equal("a'\\", Assert.Single(await journal.ReadAll()).Text());
        await Assert.ThrowsAsync<MySqlException>(() => other.Execute("set session sql_mode = ''; delete from nagare_head"));
    }

    [Fact]
    public async Task What_an_older_build_left_of_a_creation_is_no_format()
    {
        await using var database = new JournalDatabase(server);
        var name = database.Name;
        await using (var session = await Server.Connect(server.ConnectionString))
        {
            await using var command = new MySqlCommand($"create database `{name}`; create table `{name}`.nagare_format_unfinished (version integer not null primary key); insert into `{name}`.nagare_format_unfinished values (2)", session);
            await command.ExecuteNonQueryAsync();
        }

        await using var journal = await database.Open();
        Assert.Equal(1, await database.Number("select count(*) from nagare_format"));
    }

    [Fact]
    public async Task Two_databases_are_two_journals()
    {
        await using var one = new JournalDatabase(server);
        await using var two = new JournalDatabase(server);
        await using var first = await one.Open();
        await using var second = await two.Open();
        await first.Append(Appends.Of("a"), default);
        Assert.Equal(0, (await second.ReadHead(default)).Position);
        Assert.Equal(1, (await second.Append(Appends.Of("b"), default)).LastPosition.Value);
        Assert.Equal("a", Assert.Single(await first.ReadAll()).Text());
    }

    [Fact]
    public async Task UseMySql_is_a_whole_journal()
    {
        await using var database = new JournalDatabase(server);
        await using var services = new ServiceCollection()
            .AddNagare(nagare => nagare.UseMySql(options =>
            {
                options.ConnectionString = server.ConnectionString;
                options.DatabaseName = database.Name;
            }))
            .BuildServiceProvider();
        Assert.Equal(0, (await services.GetRequiredService<IJournal>().Head()).Value);
    }
}

public class MySqlSchemaTests() : SchemaTests(Server.MySql);

public class MariaDbSchemaTests() : SchemaTests(Server.MariaDb);
