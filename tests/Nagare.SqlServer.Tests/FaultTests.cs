using Microsoft.Data.SqlClient;
using Nagare.Storage;

namespace Nagare.SqlServer.Tests;

public class FaultTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_session_that_the_server_ends_while_it_idles_is_nobodys_failure()
    {
        await using var schema = new JournalSchema();
        await using var journal = await schema.Open(Named(schema));
        for (var i = 1; i <= 5; i++)
        {
            Assert.Equal(i, (await journal.Append(Appends.Of($"{i}"), default)).LastPosition.Value);
            Assert.Equal(i, (await journal.ReadAll()).Count);
            await EndSessions(schema);
        }
    }

    [Fact]
    public async Task Sessions_ended_under_eight_writers_lose_nothing_and_double_nothing()
    {
        await using var schema = new JournalSchema();
        await using var one = await schema.Open(Named(schema));
        await using var two = await schema.Open(Named(schema));
        using var progress = new SemaphoreSlim(0);
        var killing = Task.Run(async () =>
        {
            for (var i = 0; i < 30; i++)
            {
                while (progress.Wait(0))
                {
                }

                // Each time the writers have to come back before they are interrupted again.
                await EndSessions(schema);
                Assert.True(await progress.WaitAsync(Patience), $"no append was stored after the sessions were ended {i + 1} times");
            }
        });

        var acknowledged = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
        {
            while (!killing.IsCompleted)
            {
                var id = Appends.NewId();
                var append = Appends.Of(id, new PreparedStream { StreamId = new("note", $"w-{writer}"), Expected = ExpectedVersion.Any, Events = [Appends.Event("x"), Appends.Event("y")] });
                // The bound of the writer's own attempts may be reached here; the id then tells.
                for (var attempt = 0; attempt < 20; attempt++)
                {
                    try
                    {
                        await (writer % 2 == 0 ? one : two).Append(append, default);
                        Interlocked.Increment(ref acknowledged);
                        progress.Release();
                        break;
                    }
                    catch (JournalException failure) when (failure is JournalUnavailableException or AppendOutcomeUnknownException)
                    {
                    }
                }
            }
        }));
        await killing;

        await using var check = await schema.Open();
        var rows = await check.ReadAll();
        Assert.Equal(Enumerable.Range(1, acknowledged * 2).Select(n => (long)n), rows.Select(row => row.Position));
        Assert.Equal(rows.Count, rows.Select(row => row.EventId).Distinct().Count());
        Assert.True(acknowledged > 8, $"only {acknowledged} appends");
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_a_typed_error()
    {
        await using var journal = new SqlServerJournal(new() { ConnectionString = "Server=tcp:127.0.0.1,1;User ID=nobody;Password=secret;Connect Timeout=2" });
        var unavailable = await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.Open(default).AsTask());
        Assert.Contains("127.0.0.1,1", unavailable.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", unavailable.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wrong password")]
    [InlineData("no such database")]
    public async Task A_login_that_does_not_work_and_a_database_that_is_not_there_are_typed_errors(string what)
    {
        var settings = new SqlConnectionStringBuilder(Server.ConnectionString);
        if (what == "wrong password")
        {
            settings.Password = "not-the-password";
            Assert.SkipWhen(await Server.Accepts(settings.ConnectionString), "this server lets any password in");
        }
        else
        {
            settings.InitialCatalog = "nagare_no_such_database";
        }

        await using var journal = new SqlServerJournal(new() { ConnectionString = settings.ConnectionString });
        var unavailable = await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.Open(default).AsTask());
        Assert.Contains("SQL Server code", unavailable.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(settings.Password, unavailable.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Closing_leaves_no_session_on_the_server()
    {
        await using var schema = new JournalSchema();
        await using (var journal = await schema.Open(Named(schema)))
        {
            await Task.WhenAll(Enumerable.Range(0, 50).Select(i => journal.Append(Appends.Of($"{i}"), default).AsTask()));
            await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => journal.ReadAll()));
            Assert.InRange((await Sessions(schema)).Count, 1, 9);
        }

        // The server notices a closed connection a moment later.
        var closed = TimeProvider.System.GetTimestamp();
        while ((await Sessions(schema)).Count > 0)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(closed) < Patience, "sessions are left on the server");
        }
    }

    private static Action<SqlServerJournalOptions> Named(JournalSchema schema) => options =>
        options.ConnectionString = new SqlConnectionStringBuilder(options.ConnectionString) { ApplicationName = schema.Name }.ConnectionString;

    private static async Task<IReadOnlyList<int>> Sessions(JournalSchema schema)
    {
        await using var connection = await Server.Connect();
        await using var command = new SqlCommand($"select session_id from sys.dm_exec_sessions where program_name = '{schema.Name}'", connection);
        await using var row = await command.ExecuteReaderAsync();
        var sessions = new List<int>();
        while (await row.ReadAsync())
        {
            sessions.Add(Convert.ToInt32(row.GetValue(0), System.Globalization.CultureInfo.InvariantCulture));
        }

        return sessions;
    }

    private static async Task EndSessions(JournalSchema schema)
    {
        foreach (var session in await Sessions(schema))
        {
            try
            {
                await Server.Scalar($"kill {session}");
            }
            catch (SqlException ended) when (ended.Message.Contains("not an active process ID", StringComparison.Ordinal))
            {
                // It has ended by itself meanwhile.
            }
        }
    }
}
