using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Nagare.Sqlite.Tests;

public class HealthTests
{
    [Fact]
    public async Task A_journal_is_healthy_degraded_where_it_acknowledges_too_early_and_unhealthy_where_it_is_not_whole()
    {
        using var file = new JournalFile();
        await using (var journal = await file.Open())
        {
            await journal.Append(Appends.Of("a"), default);
        }

        Assert.Equal(HealthStatus.Healthy, (await Check(file)).Status);

        var degraded = await Check(file, options => options.Durability = SqliteDurability.Normal);
        Assert.Equal(HealthStatus.Degraded, degraded.Status);
        Assert.Contains("durability.synchronous", degraded.Data);

        file.Execute("drop trigger nagare_events_refuse_update");
        var incomplete = await Check(file);
        Assert.Equal(HealthStatus.Unhealthy, incomplete.Status);
        Assert.Contains("nagare_events_refuse_update", incomplete.Description, StringComparison.Ordinal);
        Assert.Equal(HealthStatus.Degraded, (await Check(file, failureStatus: HealthStatus.Degraded)).Status);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_unhealthy_and_is_not_made()
    {
        using var file = new JournalFile();
        var missing = await Check(file);
        Assert.Equal(HealthStatus.Unhealthy, missing.Status);
        Assert.Contains("database.unreachable", missing.Data);
        Assert.False(File.Exists(file.Path));
    }

    private static async Task<HealthCheckResult> Check(JournalFile file, Action<SqliteJournalOptions>? configure = null, HealthStatus? failureStatus = null)
    {
        await using var services = new ServiceCollection()
            .AddNagare(nagare => nagare.UseSqlite(options =>
            {
                options.ConnectionString = file.ConnectionString;
                configure?.Invoke(options);
            }))
            .BuildServiceProvider();
        var check = ActivatorUtilities.CreateInstance<JournalHealthCheck>(services);
        var context = new HealthCheckContext { Registration = new HealthCheckRegistration("journal", check, failureStatus, tags: null) };
        return await check.CheckHealthAsync(context, TestContext.Current.CancellationToken);
    }
}
