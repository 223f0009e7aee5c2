using Microsoft.Extensions.DependencyInjection;
using Nagare.Storage;

namespace Nagare.Sqlite.Tests;

public class HostingTests
{
    [Fact]
    public async Task UseSqlite_with_a_connection_string_is_a_whole_journal()
    {
        using var file = new JournalFile();
        await using var services = new ServiceCollection().AddNagare(nagare => nagare.UseSqlite(file.ConnectionString)).BuildServiceProvider();
        Assert.Equal(0, (await services.GetRequiredService<IJournal>().Head()).Value);
        Assert.True(File.Exists(file.Path));
    }

    [Fact]
    public async Task UseSqlite_with_options_opens_as_they_say()
    {
        using var file = new JournalFile();
        await using var services = new ServiceCollection()
            .AddNagare(nagare => nagare.UseSqlite(options =>
            {
                options.ConnectionString = file.ConnectionString;
                options.Schema = SqliteSchemaHandling.CheckOnly;
            }))
            .BuildServiceProvider();
        await Assert.ThrowsAsync<JournalUnavailableException>(() => services.GetRequiredService<IJournalStorage>().Open(default).AsTask());
        Assert.False(File.Exists(file.Path));
    }
}
