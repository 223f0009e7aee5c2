using Microsoft.Extensions.DependencyInjection;

namespace Nagare.SqlServer.Tests;

public class SchemaTests
{
    [Fact]
    public async Task The_script_run_by_hand_makes_a_journal_that_checking_only_accepts()
    {
        await using var schema = new JournalSchema();
        await using var journal = new SqlServerJournal(new() { ConnectionString = schema.Options().ConnectionString, SchemaName = schema.Name, Schema = JournalSchemaHandling.CheckOnly });
        var missing = await Assert.ThrowsAsync<JournalSchemaException>(() => journal.Open(default).AsTask());
        Assert.Contains(schema.Name, missing.Message, StringComparison.Ordinal);

        await Server.Run(journal.SchemaScript);
        await journal.CheckSchema(default);
        await journal.Open(default);
        Assert.Equal(1, (await journal.Append(Appends.Of("a"), default)).LastPosition.Value);
    }

    [Fact]
    public async Task Eight_may_create_the_same_journal_at_once()
    {
        await using var schema = new JournalSchema();
        var journals = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => schema.Open()));
        await Task.WhenAll(journals.Select(journal => journal.Append(Appends.Of("a"), default).AsTask()));
        Assert.Equal(8, (await journals[0].ReadHead(default)).Position);
        foreach (var journal in journals)
        {
            await journal.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("drop trigger $s.nagare_events_refuse_update", "nagare_events_refuse_update")]
    [InlineData("alter table $s.nagare_events disable trigger nagare_events_refuse_update", "nagare_events_refuse_update")]
    [InlineData("drop index nagare_events_correlation on $s.nagare_events", "nagare_events_correlation")]
    [InlineData("drop table $s.nagare_numbers", "nagare_numbers")]
    public async Task What_was_taken_or_switched_off_is_named_when_the_journal_is_checked_and_opened(string sql, string name)
    {
        await using var schema = new JournalSchema();
        await using (await schema.Open())
        {
        }

        await schema.Execute(sql);
        Assert.Contains(name, (await Assert.ThrowsAsync<JournalSchemaException>(() => schema.Open())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "newer build")]
    [InlineData(0, "nothing was changed")]
    public async Task A_journal_of_another_format_is_refused_and_left_as_it_is(int version, string advice)
    {
        await using var schema = new JournalSchema();
        await using (await schema.Open())
        {
        }

        await schema.Execute($"update $s.nagare_format set version = {version}");
        Assert.Contains(advice, (await Assert.ThrowsAsync<JournalSchemaException>(() => schema.Open())).Message, StringComparison.Ordinal);
        Assert.Equal(version, await schema.Scalar("select version from $s.nagare_format"));
    }

    [Fact]
    public async Task Two_schemas_are_two_journals()
    {
        await using var one = new JournalSchema();
        await using var two = new JournalSchema();
        await using var first = await one.Open();
        await using var second = await two.Open();
        await first.Append(Appends.Of("a"), default);
        Assert.Equal(0, (await second.ReadHead(default)).Position);
        Assert.Equal(1, (await second.Append(Appends.Of("b"), default)).LastPosition.Value);
        Assert.Equal("a", Assert.Single(await first.ReadAll()).Text());
    }

    [Fact]
    public async Task UseSqlServer_is_a_whole_journal()
    {
        await using var schema = new JournalSchema();
        await using var services = new ServiceCollection()
            .AddNagare(nagare => nagare.UseSqlServer(options =>
            {
                options.ConnectionString = schema.Options().ConnectionString;
                options.SchemaName = schema.Name;
            }))
            .BuildServiceProvider();
        Assert.Equal(0, (await services.GetRequiredService<IJournal>().Head()).Value);
    }
}
