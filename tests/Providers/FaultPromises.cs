using Nagare.Storage;

namespace Nagare.Providers.Tests;

/// <summary>Sessions that the server ends: whoever writes meanwhile loses nothing and stores nothing twice; and a journal that is closed leaves none.</summary>
public abstract class FaultPromises : ProviderPromises
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_session_that_the_server_ends_while_it_idles_is_nobodys_failure()
    {
        await using var place = (IServerPlace)await NewPlace();
        await using var journal = await place.Open();
        for (var i = 1; i <= 5; i++)
        {
            Assert.Equal(i, (await journal.Append(Appends.Of($"{i}"), default)).LastPosition.Value);
            Assert.Equal(i, (await journal.ReadAll()).Count);
            await place.EndSessions();
        }
    }

    [Fact]
    public async Task Sessions_ended_under_eight_writers_lose_nothing_and_double_nothing()
    {
        await using var place = (IServerPlace)await NewPlace();
        await using var one = await place.Open();
        await using var two = await place.Open();
        using var progress = new SemaphoreSlim(0);
        var killing = Task.Run(async () =>
        {
            for (var i = 0; i < 30; i++)
            {
                while (progress.Wait(0))
                {
                }

                // Each time the writers have to come back before they are interrupted again.
                await place.EndSessions();
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

        await using var check = await place.Open();
        var rows = await check.ReadAll();
        Assert.Equal(Enumerable.Range(1, acknowledged * 2).Select(n => (long)n), rows.Select(row => row.Position));
        Assert.Equal(rows.Count, rows.Select(row => row.EventId).Distinct().Count());
        Assert.True(acknowledged > 8, $"only {acknowledged} appends");
    }

    [Fact]
    public async Task Closing_leaves_no_session_on_the_server()
    {
        await using var place = (IServerPlace)await NewPlace();
        await using (var journal = await place.Open())
        {
            await Task.WhenAll(Enumerable.Range(0, 50).Select(i => journal.Append(Appends.Of($"{i}"), default).AsTask()));
            await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => journal.ReadAll()));
            Assert.InRange(await place.CountSessions(), 1, MaxSessions);
        }

        // The server notices a closed connection a moment later.
        var closed = TimeProvider.System.GetTimestamp();
        while (await place.CountSessions() > 0)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(closed) < Patience, "sessions are left on the server");
        }
    }
}
