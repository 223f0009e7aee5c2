using Microsoft.Data.Sqlite;

namespace Nagare.Tool.Tests;

/// <summary><c>schema-sql</c> prints what a DBA can run by hand, without asking a server; the library then finds what it would have made.</summary>
public class SchemaSqlTests
{
    [Fact]
    public async Task On_sqlite_the_script_makes_a_journal()
    {
        using var prompt = new Prompt();
        var script = await prompt.Fine("schema-sql", "--db", "sqlite:");
        Assert.Equal(SqliteJournal.SchemaScript.Trim(), script.Trim());
        var file = prompt.Path("agents.db");
        await using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = script;
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await using var journal = new SqliteJournal(new SqliteJournalOptions { ConnectionString = $"Data Source={file}", Schema = SqliteSchemaHandling.CheckOnly });
        await journal.Open(TestContext.Current.CancellationToken);
        Assert.Equal(1, (await journal.Append(Appends.Of("a"), default)).LastPosition.Value);
    }

    [Fact]
    public async Task On_postgresql_the_script_makes_a_journal_and_the_grants_let_a_role_use_it()
    {
        await using var place = new PostgreSqlPlace();
        using var prompt = new Prompt();
        await place.CreateRole();

        // No server is named, and none is asked.
        var script = await prompt.Fine("schema-sql", "--db", $"postgres:Schema={place.Schema}", "--role", place.Role);
        Assert.Equal(script, await prompt.Fine("schema-sql", "--db", $"postgres:Host=127.0.0.1;Port=1;Schema={place.Schema}", "--role", place.Role));
        await place.Execute(script);

        await using var journal = new PostgreSqlJournal(new PostgreSqlJournalOptions
        {
            ConnectionString = place.RoleOption.Split(':', 2)[1].Split(";Schema=", 2)[0],
            SchemaName = place.Schema,
            Schema = JournalSchemaHandling.CheckOnly,
        });
        await journal.Open(TestContext.Current.CancellationToken);
        Assert.Equal(1, (await journal.Append(Appends.Of("a"), default)).LastPosition.Value);
    }

    [Theory]
    [InlineData("postgres:Schema=tenant_a", "app", "create schema if not exists \"tenant_a\"", "to \"app\"")]
    [InlineData("mysql:Schema=tenant_a", "app", "`tenant_a`", "to 'app'@'%'")]
    [InlineData("mariadb:", "app@10.0.0.%", "nagare_events", "to 'app'@'10.0.0.%'")]
    [InlineData("sqlserver:Schema=tenant_a", "app", "[tenant_a].nagare_events", "[app]")]
    public async Task Every_server_has_its_script_and_its_grants_without_being_there(string db, string role, string schema, string grants)
    {
        using var prompt = new Prompt();
        Assert.Contains(schema, await prompt.Fine("schema-sql", "--db", db), StringComparison.Ordinal);
        Assert.Contains(grants, await prompt.Fine("schema-sql", "--db", db, "--role", role, "--grants-only"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_parts_can_be_had_apart_and_as_json()
    {
        using var prompt = new Prompt();
        var schema = await prompt.Fine("schema-sql", "--db", "postgres:Schema=tenant_a");
        var grants = await prompt.Fine("schema-sql", "--db", "postgres:Schema=tenant_a", "--role", "a\"pp", "--grants-only");
        Assert.Contains("create table nagare_events (", schema, StringComparison.Ordinal);
        Assert.DoesNotContain("grant ", schema, StringComparison.Ordinal);
        Assert.StartsWith("grant usage on schema \"tenant_a\" to \"a\"\"pp\";\n", grants, StringComparison.Ordinal);
        Assert.DoesNotContain("create table", grants, StringComparison.Ordinal);
        Assert.Equal(schema + grants, await prompt.Fine("schema-sql", "--db", "postgres:Schema=tenant_a", "--role", "a\"pp"));

        using var json = System.Text.Json.JsonDocument.Parse(await prompt.Fine("schema-sql", "--db", "postgres:Schema=tenant_a", "--json"));
        Assert.Equal("PostgreSQL", json.RootElement.GetProperty("provider").GetString());
        Assert.Equal(schema.Trim(), json.RootElement.GetProperty("schema").GetString()!.Trim());
        Assert.Null(json.RootElement.GetProperty("grants").GetString());
    }

    [Theory]
    [InlineData("SQLite knows no roles", "schema-sql", "--db", "sqlite:", "--role", "app")]
    [InlineData("needs the name of a role", "schema-sql", "--db", "postgres:", "--grants-only")]
    [InlineData("needs the name of a role", "schema-sql", "--db", "postgres:", "--role", " ")]
    [InlineData("act on a terminal", "schema-sql", "--db", "postgres:", "--role", "app\e[2J")]
    public async Task A_role_that_cannot_be_granted_anything_is_refused(string says, params string[] arguments)
    {
        using var prompt = new Prompt();
        Assert.Contains(says, await prompt.Refused(2, arguments), StringComparison.Ordinal);
    }
}
