namespace Nagare.Tool.Tests;

/// <summary><c>export</c> and <c>restore</c> need no application: a journal moves from any database to any other, byte for byte.</summary>
public class MoveTests
{
    [Fact]
    public async Task From_sqlite_to_postgresql_and_back_every_byte_stays()
    {
        await using var place = new PostgreSqlPlace();
        using var prompt = new Prompt();
        var sqlite = "sqlite:" + prompt.Path("agents.db");
        await using (var journal = new SqliteJournal(new SqliteJournalOptions { ConnectionString = $"Data Source={prompt.Path("agents.db")}" }))
        {
            await journal.Open(TestContext.Current.CancellationToken);
            for (var i = 0; i < 25; i++)
            {
                await journal.Append(HashedAppends.Of($"n-{i % 3}", i % 2 == 0 ? $"{{\"text\":\"{i} é\"}}" : $"no JSON {i} \u0000"), default);
            }
        }

        await prompt.Fine("export", prompt.Path("1.jsonl"), "--db", sqlite);
        Assert.Contains("restored 25 events", await prompt.Fine("restore", prompt.Path("1.jsonl"), "--db", place.Option), StringComparison.Ordinal);
        await prompt.Fine("export", prompt.Path("2.jsonl"), "--db", place.Option);
        await prompt.Fine("restore", prompt.Path("2.jsonl"), "--db", "sqlite:" + prompt.Path("copy.db"));
        await prompt.Fine("export", prompt.Path("3.jsonl"), "--db", "sqlite:" + prompt.Path("copy.db"));

        var first = await File.ReadAllBytesAsync(prompt.Path("1.jsonl"), TestContext.Current.CancellationToken);
        Assert.Equal(26, first.AsSpan().Count((byte)'\n'));
        Assert.Equal(first, await File.ReadAllBytesAsync(prompt.Path("2.jsonl"), TestContext.Current.CancellationToken));
        Assert.Equal(first, await File.ReadAllBytesAsync(prompt.Path("3.jsonl"), TestContext.Current.CancellationToken));
    }
}
