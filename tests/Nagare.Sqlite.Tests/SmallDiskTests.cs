using Nagare.Storage;

namespace Nagare.Sqlite.Tests;

/// <summary>A real disk that is full, and one that turns read-only under an open journal: typed errors, nothing partial, and on again without a restart.</summary>
public class SmallDiskTests
{
    [Fact]
    public async Task A_disk_that_fills_up_and_gets_room_again_loses_nothing_that_was_acknowledged()
    {
        using var disk = SmallDisk.Mount("size=2m");
        await using var journal = new SqliteJournal(new SqliteJournalOptions { ConnectionString = $"Data Source={disk.Path}/journal.db" });
        await journal.Open(default);
        var acknowledged = 0;
        var full = await Assert.ThrowsAsync<JournalUnavailableException>(async () =>
        {
            while (true)
            {
                await journal.Append(Appends.Of(new string('x', 20_000), "small"), default);
                acknowledged += 2;
            }
        });
        Assert.Contains("Nothing was stored", full.Message, StringComparison.Ordinal);
        Assert.True(acknowledged > 10, $"only {acknowledged} events fitted");
        Assert.Equal(acknowledged, (await journal.ReadAll()).Count);
        await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.Append(Appends.Of(new string('x', 1_000_000)), default).AsTask());

        disk.Remount("size=64m");
        Assert.Equal(acknowledged + 1, (await journal.Append(Appends.Of(new string('x', 1_000_000)), default)).LastPosition.Value);
        Assert.Equal(Enumerable.Range(1, acknowledged + 1).Select(n => (long)n), (await journal.ReadAll()).Select(row => row.Position));
    }

    [Fact]
    public async Task A_disk_that_turns_read_only_under_a_journal_is_a_typed_error_until_it_is_writable_again()
    {
        using var disk = SmallDisk.Mount("size=16m");
        var options = new SqliteJournalOptions { ConnectionString = $"Data Source={disk.Path}/journal.db" };
        await using (var journal = new SqliteJournal(options))
        {
            await journal.Open(default);
            await journal.Append(Appends.Of("a"), default);
        }

        disk.Remount("ro");
        await using var frozen = new SqliteJournal(options);
        await Assert.ThrowsAnyAsync<JournalException>(async () =>
        {
            await frozen.Open(default);
            await frozen.Append(Appends.Of("b"), default);
        });
        Assert.Contains(await frozen.Examine(ExaminationDepth.Settings, default), finding => finding.Severity == FindingSeverity.Error);

        disk.Remount("rw");
        await frozen.Open(default);
        Assert.Equal(2, (await frozen.Append(Appends.Of("b"), default)).LastPosition.Value);
    }
}
