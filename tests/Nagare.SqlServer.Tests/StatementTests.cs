using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Nagare.Storage;

namespace Nagare.SqlServer.Tests;

/// <summary>Everything that a journal says to SQL Server, as Microsoft's own parser and Babelfish's list of what it refuses see it. Needs no server.</summary>
public partial class StatementTests
{
    private const string Schema = "a_tenants_own";

    private static readonly SqlServerStatements Statements = new(Schema, TimeSpan.FromSeconds(5));

    public static TheoryData<string> Names => [.. Statements.All.Keys];

    // SQL Server 2014 is the oldest that a journal opens on.
    private static readonly (string Name, Func<TSqlParser> New)[] Parsers =
    [
        ("2014", () => new TSql120Parser(initialQuotedIdentifiers: true)),
        ("2022", () => new TSql160Parser(initialQuotedIdentifiers: true)),
        ("2025", () => new TSql170Parser(initialQuotedIdentifiers: true)),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_statement_is_T_SQL_on_the_oldest_release_and_on_the_newest(string name)
    {
        foreach (var (release, parser) in Parsers)
        {
            Assert.True(Errors(parser(), Statements.All[name]) is { Count: 0 }, $"{release}: {string.Join("; ", Errors(parser(), Statements.All[name]))}\n{Statements.All[name]}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_statement_keeps_to_what_Babelfish_takes_too(string name) => Assert.Empty(Refusals.Of(Parse(Statements.All[name])));

    // Whatever the user's default schema is, a statement must mean the journal's tables.
    [Theory]
    [MemberData(nameof(Names))]
    public void Every_statement_names_the_schema_of_every_table(string name) => Assert.Empty(Unqualified.Of(Parse(Statements.All[name])));

    // In pieces, as the compiler leaves them: a statement that is put together elsewhere, or not entered, would show here.
    [Fact]
    public void No_SQL_is_in_the_assembly_that_is_not_in_the_list()
    {
        var all = string.Join('\n', Statements.All.Values.Select(sql => sql.Replace(Schema, "", StringComparison.Ordinal).Replace("5000", "", StringComparison.Ordinal)));
        var pieces = UserStrings().Where(text => LooksLikeSql().IsMatch(text)).ToList();
        Assert.True(pieces.Count > 50, $"only {pieces.Count} pieces of SQL were found");
        Assert.All(pieces, piece => Assert.Contains(piece, all, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_created_and_the_scripts_for_a_person_are_all_in_the_list()
    {
        Assert.Subset(Statements.All.Values.ToHashSet(), Statements.Tables.Create.ToHashSet());
        var journal = new SqlServerJournal(new() { ConnectionString = "Server=nowhere", SchemaName = Schema });
        Assert.Equal(Statements.Tables.Create, Server.Batches(journal.SchemaScript));
        Assert.Empty(Errors(Parsers[1].New(), journal.SchemaScript));
        Assert.Empty(Errors(Parsers[1].New(), journal.GrantScript("it's [mine]")));
        Assert.Contains("to [it's [mine]]];", journal.GrantScript("it's [mine]"), StringComparison.Ordinal);
        Assert.Contains("to [it''s [mine]]];", journal.GrantScript("it's [mine]"), StringComparison.Ordinal);
    }

    // Enumerates what a read can ask for: a path without a statement would throw.
    [Fact]
    public void Every_path_direction_and_detail_has_a_statement_of_the_list()
    {
        foreach (var path in Enum.GetValues<StoredPath>())
        {
            foreach (var direction in Enum.GetValues<ReadDirection>())
            {
                foreach (var detail in Enum.GetValues<StoredDetail>())
                {
                    Assert.Contains(Statements.Read.For(path, direction, detail), Statements.All.Values);
                }
            }
        }
    }

    // What every database is asked in the same words.
    [Fact]
    public async Task What_the_doctor_asks_of_events_is_T_SQL_and_names_the_schema()
    {
        var asked = new List<string>();
        var table = new SqlServerDialect(new() { ConnectionString = "Server=nowhere", SchemaName = Schema }).EventsTable;
        foreach (var isFull in (bool[])[false, true])
        {
            await new EventExamination(
                "here",
                (sql, _) =>
                {
                    asked.Add(sql);
                    return new(sql.Contains("stream_id", StringComparison.Ordinal) ? [[System.Text.Encoding.UTF8.GetBytes("note/é"), 2, 1L, 3L]] : [[5_000L, 1L, 5_000L]]);
                },
                TimeProvider.System,
                table).Run(_ => new(5_000L), isFull, TestContext.Current.CancellationToken);
        }

        Assert.True(asked.Count > 8, $"only {asked.Count} questions");
        Assert.All(asked, sql =>
        {
            Assert.All(Parsers, release => Assert.Empty(Errors(release.New(), sql)));
            Assert.Empty(Refusals.Of(Parse(sql)));
            Assert.Empty(Unqualified.Of(Parse(sql)));
        });
    }

    [Theory]
    [InlineData("select 1 from", "2022")]
    [InlineData("update t set a = 1 limit 1", "2022")]
    [InlineData("create table t (a int) ; create trigger x on t after update as select 1", "2022")]
    public void What_is_no_T_SQL_would_be_seen(string sql, string release) => Assert.NotEmpty(Errors(Parsers.Single(parser => parser.Name == release).New(), sql));

    [Theory]
    [InlineData("merge into s.t using s.u on t.a = u.a when matched then delete;")]
    [InlineData("with c as (select top (1) a from s.t) update c set a = 1")]
    [InlineData("with c as (select top (1) a from s.t) delete from c")]
    [InlineData("create table s.t (a int index i)")]
    [InlineData("create table s.t (a int, index i (a))")]
    [InlineData("create type s.t as table (a int index i)")]
    [InlineData("create or alter procedure s.p as select 1")]
    [InlineData("create or alter trigger s.x on s.t after update as select 1")]
    [InlineData("alter index i on s.t rebuild")]
    [InlineData("create clustered index i on s.t (a)")]
    [InlineData("create index i on s.t (a) with (online = on)")]
    [InlineData("update s.t set a = 1 output inserted.a")]
    [InlineData("insert into s.t (a) output inserted.a values (1)")]
    [InlineData("select * from s.t with (updlock, holdlock)")]
    [InlineData("select * from s.t with (readpast)")]
    [InlineData("grant view definition on s.t to r")]
    [InlineData("grant execute on type::s.t to r")]
    [InlineData("deny update on s.t to r")]
    [InlineData("alter table s.t alter column a bigint")]
    public void What_Babelfish_refuses_or_ignores_would_be_seen(string sql) => Assert.NotEmpty(Refusals.Of(Parse(sql)));

    [Theory]
    [InlineData("select * from nagare_events")]
    [InlineData("insert into nagare_events (position) values (1)")]
    [InlineData("create trigger x on s.t after update as select 1")]
    public void A_table_without_its_schema_would_be_seen(string sql) => Assert.NotEmpty(Unqualified.Of(Parse(sql)));

    private static TSqlFragment Parse(string sql)
    {
        var fragment = Parsers[1].New().Parse(new StringReader(sql), out var errors);
        Assert.True(errors.Count == 0, $"{string.Join("; ", errors.Select(error => error.Message))}\n{sql}");
        return fragment;
    }

    private static IList<string> Errors(TSqlParser parser, string sql)
    {
        parser.Parse(new StringReader(sql), out var errors);
        return [.. errors.Select(error => $"line {error.Line}: {error.Message}")];
    }

    // The heap begins with an empty string of one byte.
    private static UserStringHandle FirstUserString => MetadataTokens.UserStringHandle(1);

    // The strings that the assembly holds, constants that are put together by the compiler included.
    private static IEnumerable<string> UserStrings()
    {
        using var file = File.OpenRead(typeof(SqlServerJournal).Assembly.Location);
        using var image = new PEReader(file);
        var metadata = image.GetMetadataReader();
        for (var handle = FirstUserString; !handle.IsNil; handle = metadata.GetNextHandle(handle))
        {
            if (metadata.GetUserString(handle) is { Length: > 0 } text)
            {
                yield return text;
            }
        }
    }

    [GeneratedRegex(@"\b(select|insert into|update \[|delete from|create (table|unique|index|trigger|type|schema)|grant|deny|exec|set xact_abort|begin transaction|commit transaction|alter)\s|(\]\.|')nagare_", RegexOptions.CultureInvariant)]
    private static partial Regex LooksLikeSql();
}
