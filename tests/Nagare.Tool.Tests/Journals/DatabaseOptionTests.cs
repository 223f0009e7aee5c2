namespace Nagare.Tool.Tests;

/// <summary>One way to name a journal on any database, which says what it does not understand and never repeats a password.</summary>
public class DatabaseOptionTests
{
    private const string Secret = "geheim";

    [Theory]
    [InlineData("no journal is named: --db needs sqlite:", "export", "-")]
    [InlineData("--db needs sqlite:", "export", "-", "--db", "")]
    [InlineData("there is no kind of database 'oracle'; there are sqlite, postgres, mysql, sqlserver", "export", "-", "--db", "oracle:agents")]
    [InlineData("--db names no server: write postgres:Host=", "export", "-", "--db", "postgres:")]
    [InlineData("--db names no server: write postgres:Host=", "export", "-", "--db", "postgresql:Schema=tenant_a")]
    [InlineData("--db names no server: write sqlite:", "export", "-", "--db", "sqlite:")]
    [InlineData("is no list of words and values", "schema-sql", "--db", "postgres://app:geheim@localhost/agents")]
    [InlineData("is no list of words and values", "schema-sql", "--db", "postgres:Host=h;Password=x;geheim")]
    [InlineData("is none that Npgsql knows", "schema-sql", "--db", "postgres:Host=h;Password=x;geheim=1")]
    [InlineData("is none that Npgsql knows", "schema-sql", "--db", "postgres:Host=h;Port=geheim")]
    [InlineData("is none that MySqlConnector knows", "schema-sql", "--db", "mysql:Server=h;Password=x;geheim=1")]
    [InlineData("is none that Microsoft.Data.SqlClient knows", "schema-sql", "--db", "sqlserver:Server=h;Password=x;geheim=1")]
    [InlineData("is no name for a journal's database", "schema-sql", "--db", "mariadb:Schema=a b;Password=geheim")]
    [InlineData("is no name for a journal's schema", "schema-sql", "--db", "sqlserver:Schema=sys;Password=geheim")]
    [InlineData("--db names no server: write sqlserver:Server=", "export", "-", "--db", "sqlserver:")]
    [InlineData("'Tenant' is no name for a journal's schema", "schema-sql", "--db", "postgres:Schema=Tenant;Password=geheim")]
    [InlineData("neither a file nor a connection string of SQLite", "schema-sql", "--db", "sqlite:Date Source=x;Password=geheim")]
    public async Task What_is_not_understood_is_one_line_without_the_secret(string says, params string[] arguments)
    {
        using var prompt = new Prompt();
        var line = await prompt.Refused(2, arguments);
        Assert.Contains(says, line, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_variable_names_the_journal_and_two_of_them_have_to_be_told_apart()
    {
        using var prompt = new Prompt();
        prompt.Variables["NAGARE_SQLITE"] = prompt.Path("missing.db");
        Assert.Contains($"there is no database {prompt.Path("missing.db")}", await prompt.Refused(4, "export", "-"), StringComparison.Ordinal);

        prompt.Variables["NAGARE_POSTGRES"] = $"Host=127.0.0.1;Port=1;Password={Secret}";
        Assert.Equal("nagare: NAGARE_SQLITE and NAGARE_POSTGRES each name a journal; say which is meant, such as --db sqlite:", await prompt.Refused(2, "export", "-"));
        Assert.Contains("missing.db", await prompt.Refused(4, "export", "-", "--db", "sqlite:"), StringComparison.Ordinal);
        foreach (var (option, schema) in new[] { ("postgres:", "nagare"), ("postgres:Schema=tenant_a", "tenant_a") })
        {
            var line = await prompt.Refused(3, "export", "-", "--db", option);
            Assert.Contains($"schema '{schema}' of database", line, StringComparison.Ordinal);
            Assert.Contains("127.0.0.1:1", line, StringComparison.Ordinal);
            Assert.DoesNotContain(Secret, line, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_path_needs_no_word_before_it_and_a_file_may_have_any_name()
    {
        using var prompt = new Prompt();
        foreach (var name in (string[])["agents.db", "odd=name.db"])
        {
            await using (var journal = new SqliteJournal(new SqliteJournalOptions { ConnectionString = new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder { DataSource = prompt.Path(name) }.ConnectionString }))
            {
                await journal.Open(TestContext.Current.CancellationToken);
            }

            Assert.Contains("\"events\":0", await prompt.Fine("export", prompt.Path($"{name}.1"), "--db", prompt.Path(name), "--json"), StringComparison.Ordinal);
            Assert.Contains("\"events\":0", await prompt.Fine("export", prompt.Path($"{name}.2"), "--db", "sqlite:" + prompt.Path(name), "--json"), StringComparison.Ordinal);
        }
    }
}
