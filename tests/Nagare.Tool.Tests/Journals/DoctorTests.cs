using System.Text.Json;
using Microsoft.Data.Sqlite;
using Nagare.Storage;

namespace Nagare.Tool.Tests;

/// <summary>Each thing that the doctor can find, made on purpose: the finding, its words and the exit code.</summary>
public class DoctorTests
{
    [Fact]
    public async Task A_sound_journal_has_nothing_wrong_with_it()
    {
        using var prompt = new Prompt();
        var db = await Fill(prompt);
        Assert.StartsWith("nothing is wrong with ", await prompt.Fine("doctor", "--db", db), StringComparison.Ordinal);
        Assert.Empty(await Codes(prompt, 0, db, "--full"));
        Assert.Contains("there is no database", await prompt.Refused(4, "doctor", "--db", "sqlite:" + prompt.Path("missing.db")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("schema.incomplete", "drop trigger nagare_events_refuse_update")]
    [InlineData("schema.incomplete", "drop index nagare_events_correlation")]
    [InlineData("schema.incomplete", "drop trigger nagare_events_guard_insert; create trigger nagare_events_guard_insert before insert on nagare_events when 0 begin select 1; end")]
    [InlineData("schema.foreign", "create trigger spy after insert on nagare_events begin select 1; end")]
    [InlineData("schema.format", "update nagare_format set version = 99")]
    [InlineData("schema.format", "drop table nagare_format")]
    [InlineData("database.journal_mode", "pragma journal_mode = delete")]
    public async Task On_sqlite_what_was_done_to_the_tables_is_found(string code, string sql)
    {
        using var prompt = new Prompt();
        var db = await Fill(prompt);
        Execute(prompt, sql);
        Assert.Contains(code, await Codes(prompt, 1, db));
    }

    [Theory]
    [InlineData("events.positions", "delete from nagare_events where position = 20")]
    [InlineData("events.versions", "update nagare_events set version = version + 100 where position = 25")]
    [InlineData("events.future", "update nagare_events set recorded_at = 9223372036854775807 where position = 25")]
    [InlineData("events.positions", "update nagare_events set position = 100 where position = 25")]
    public async Task On_sqlite_what_was_done_to_the_events_is_found_by_samples_and_in_full(string code, string sql)
    {
        using var prompt = new Prompt();
        var db = await Fill(prompt);
        Execute(prompt, "drop trigger nagare_events_refuse_update; drop trigger nagare_events_refuse_delete");
        Execute(prompt, sql);
        Execute(prompt, string.Join(';', SqliteTriggers()));
        Assert.Contains(code, await Codes(prompt, 1, db));
        Assert.Contains(code, await Codes(prompt, 1, db, "--full"));
    }

    [Fact]
    public async Task On_sqlite_the_file_itself_is_looked_at()
    {
        using var prompt = new Prompt();
        var db = await Fill(prompt);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(prompt.Path("agents.db"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite);
            Assert.Equal(["rights.wide"], await Codes(prompt, 1, db));
            File.SetUnixFileMode(prompt.Path("agents.db"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        Assert.Equal(["database.readonly"], await Codes(prompt, 0, $"sqlite:Data Source={prompt.Path("agents.db")};Mode=ReadOnly"));

        using (var log = File.Create(prompt.Path("agents.db-wal")))
        {
            log.SetLength(300L * 1024 * 1024);
        }

        Assert.Contains("wal.large", await Codes(prompt, 1, db));
    }

    [Fact]
    public async Task On_sqlite_a_file_that_is_none_cannot_be_reached_and_a_damaged_one_is_said_to_be()
    {
        using var prompt = new Prompt();
        await File.WriteAllTextAsync(prompt.Path("letter.db"), new string('x', 8192), TestContext.Current.CancellationToken);
        Assert.Equal(["database.unreachable"], await Codes(prompt, 3, "sqlite:" + prompt.Path("letter.db")));

        var db = await Fill(prompt);
        Execute(prompt, "pragma wal_checkpoint(truncate)");
        // An index that points nowhere: the check of the whole file meets it.
        Execute(prompt, "pragma writable_schema = on; update sqlite_schema set rootpage = (select rootpage from sqlite_schema where name = 'nagare_types') where name = 'nagare_events_correlation'; pragma writable_schema = off");
        Assert.Contains("database.damaged", await Codes(prompt, 1, db, "--full"));
    }

    [Fact]
    public async Task On_postgresql_a_sound_journal_asked_as_the_applications_role_has_nothing_wrong_with_it()
    {
        await using var place = new PostgreSqlPlace();
        using var prompt = new Prompt();
        await Fill(prompt, place);
        // What the machine's own throw-away server is set to is the machine's affair.
        Assert.DoesNotContain(await Codes(prompt, null, place.RoleOption, "--full"), code => !code.StartsWith("durability.", StringComparison.Ordinal));
        Assert.Contains("rights.wide", await Codes(prompt, 1, place.Option));
    }

    [Theory]
    [InlineData("schema.incomplete", "alter table nagare_events disable trigger nagare_events_refuse_update")]
    [InlineData("schema.incomplete", "drop index nagare_events_causation")]
    [InlineData("schema.foreign", "create rule spy as on insert to nagare_events do also select 1")]
    [InlineData("schema.format", "update nagare_format set version = 99")]
    [InlineData("events.head", "alter table nagare_head disable trigger all; update nagare_head set position = 20; alter table nagare_head enable always trigger nagare_head_refuse_backwards; alter table nagare_head enable always trigger nagare_head_refuse_delete")]
    [InlineData("events.head", "alter table nagare_head disable trigger nagare_head_refuse_delete; delete from nagare_head; alter table nagare_head enable always trigger nagare_head_refuse_delete")]
    [InlineData("events.positions", "alter table nagare_events disable trigger nagare_events_refuse_update; delete from nagare_events where position = 20; alter table nagare_events enable always trigger nagare_events_refuse_update")]
    [InlineData("events.versions", "alter table nagare_events disable trigger nagare_events_refuse_update; update nagare_events set version = version + 100 where position = 25; alter table nagare_events enable always trigger nagare_events_refuse_update")]
    [InlineData("events.future", "alter table nagare_events disable trigger nagare_events_refuse_update; update nagare_events set recorded_at = 9223372036854775807 where position = 25; alter table nagare_events enable always trigger nagare_events_refuse_update")]
    public async Task On_postgresql_what_was_done_beside_the_journal_is_found(string code, string sql)
    {
        await using var place = new PostgreSqlPlace();
        using var prompt = new Prompt();
        await Fill(prompt, place);
        await place.Execute(sql);
        Assert.Contains(code, await Codes(prompt, 1, place.RoleOption));
    }

    [Theory]
    [InlineData("durability.synchronous_commit", "alter role {0} set synchronous_commit = off")]
    [InlineData("connections.few", "alter role {0} connection limit 3")]
    [InlineData("rights.wide", "grant delete on nagare_events to {0}")]
    [InlineData("rights.missing", "revoke insert on nagare_events from {0}")]
    public async Task On_postgresql_what_the_role_may_and_does_is_found(string code, string sql)
    {
        await using var place = new PostgreSqlPlace();
        using var prompt = new Prompt();
        await Fill(prompt, place);
        await place.Execute(string.Format(System.Globalization.CultureInfo.InvariantCulture, sql, place.Role));
        Assert.Contains(code, await Codes(prompt, 1, place.RoleOption));
    }

    [Fact]
    public async Task On_postgresql_what_cannot_be_read_or_reached_is_found_and_no_password_is_told()
    {
        await using var place = new PostgreSqlPlace();
        using var prompt = new Prompt();
        Assert.Contains("schema.format", await Codes(prompt, 1, place.Option));
        await Fill(prompt, place);
        await place.Execute($"revoke usage on schema {place.Schema} from {place.Role}");
        Assert.Contains("database.refused", await Codes(prompt, 1, place.RoleOption));

        var (exitCode, output, error) = await prompt.Run("doctor", "--db", "postgres:Host=127.0.0.1;Port=1;Username=app;Password=geheim;Timeout=2");
        Assert.Equal((3, ""), (exitCode, error));
        Assert.Contains("[database.unreachable]", output, StringComparison.Ordinal);
        Assert.Contains("  why: Nothing can be stored or read.\n  do:  Check that the database runs", output, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", output, StringComparison.Ordinal);
    }

    private static async Task<string> Fill(Prompt prompt)
    {
        await using var journal = new SqliteJournal(new SqliteJournalOptions { ConnectionString = $"Data Source={prompt.Path("agents.db")}" });
        await Fill(journal);
        return "sqlite:" + prompt.Path("agents.db");
    }

    private static async Task Fill(Prompt prompt, PostgreSqlPlace place)
    {
        await place.CreateRole();
        await place.Execute(await prompt.Fine("schema-sql", "--db", $"postgres:Schema={place.Schema}", "--role", place.Role));
        await using var journal = new PostgreSqlJournal(new PostgreSqlJournalOptions { ConnectionString = place.ConnectionString, SchemaName = place.Schema });
        await Fill(journal);
    }

    private static async Task Fill(IJournalStorage journal)
    {
        await journal.Open(default);
        for (var i = 0; i < 25; i++)
        {
            await journal.Append(HashedAppends.Of($"n-{i % 3}", $"{i}"), default);
        }
    }

    // The codes of what was found, and the exit code that goes with it; null for any.
    private static async Task<List<string>> Codes(Prompt prompt, int? expected, string db, params string[] more)
    {
        var (exitCode, output, error) = await prompt.Run(["doctor", "--json", "--db", db, .. more]);
        Assert.Equal("", error);
        using var json = JsonDocument.Parse(output);
        var codes = json.RootElement.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("code").GetString()!).ToList();
        Assert.True(expected is null || exitCode == expected, $"exit code {exitCode}: {output}");
        return codes;
    }

    private static IEnumerable<string> SqliteTriggers() => SqliteJournal.SchemaScript.Split(";\n\n").Where(statement =>
        statement.StartsWith("create trigger nagare_events_refuse_", StringComparison.Ordinal));

    private static void Execute(Prompt prompt, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={prompt.Path("agents.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
