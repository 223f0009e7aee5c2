using Nagare.Storage;
using Npgsql;

namespace Nagare.PostgreSql.Tests;

/// <summary>The server's disk is full, or takes no writes: typed errors, nothing partial, and on again without a restart.</summary>
public class FullDiskTests
{
    [Fact]
    public async Task A_tablespace_that_fills_up_and_gets_room_again_loses_nothing_that_was_acknowledged()
    {
        var data = (string)(await Server.Scalar("show data_directory"))!;
        Assert.SkipUnless(Directory.Exists(data), "a small disk: the server is on another machine");
        var name = Server.NewSchemaName();
        using var disk = SmallDisk.Mount("size=24m");
        try
        {
            disk.GiveToOwnerOf(data);
            await Server.Scalar($"create tablespace {name} location '{disk.Path}'");
            await WhenUnused($"create database {name} tablespace {name}");
            var options = new PostgreSqlJournalOptions { ConnectionString = new NpgsqlConnectionStringBuilder(Server.ConnectionString) { Database = name }.ConnectionString, CommandTimeout = TimeSpan.FromMinutes(5) };
            await using (var journal = new PostgreSqlJournal(options))
            {
                await journal.Open(default);
                // From here on there is a session that reads. One that begins on a full disk may fail: where the catalogue changed meanwhile, the
                // server writes what it knows of it into a file of that tablespace ("could not write init file").
                Assert.Empty(await journal.ReadAll());
                var acknowledged = 0;
                var random = new Random(1);
                var full = await Assert.ThrowsAsync<JournalUnavailableException>(async () =>
                {
                    while (true)
                    {
                        // What does not compress takes its room.
                        var text = Convert.ToHexString(random.GetItems<byte>([.. Enumerable.Range(0, 256).Select(b => (byte)b)], 200_000));
                        await journal.Append(Appends.Of(text, "small"), default);
                        acknowledged += 2;
                    }
                });
                Assert.Contains("disk is full", full.Message, StringComparison.Ordinal);
                Assert.Equal(acknowledged, (await journal.ReadAll()).Count);

                disk.Remount("size=96m");
                Assert.Equal(acknowledged + 1, (await journal.Append(Appends.Of("room again"), default)).LastPosition.Value);
                Assert.Equal(Enumerable.Range(1, acknowledged + 1).Select(n => (long)n), (await journal.ReadAll()).Select(row => row.Position));
            }
        }
        finally
        {
            await WhenUnused($"drop database if exists {name} with (force)");
            await Server.Scalar($"drop tablespace if exists {name}");
        }
    }

    [Fact]
    public async Task A_role_that_may_no_longer_write_gets_a_typed_error_until_it_may_again()
    {
        await using var schema = new JournalSchema();
        await schema.CreateWithRole();
        await using var journal = new PostgreSqlJournal(schema.ApplicationOptions());
        await journal.Open(default);
        await journal.Append(Appends.Of("a"), default);
        await schema.Execute($"revoke update on nagare_head from {schema.Role}");
        var refused = await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.Append(Appends.Of("b"), default).AsTask());
        Assert.Contains("Nothing was stored", refused.Message, StringComparison.Ordinal);
        Assert.Contains(await journal.Examine(ExaminationDepth.Sampled, default), finding => finding.Code == "rights.missing");
        await schema.Execute($"grant update on nagare_head to {schema.Role}");
        Assert.Equal(2, (await journal.Append(Appends.Of("b"), default)).LastPosition.Value);
    }

    // The server waits five seconds for others to leave a database, or the template of a new one, which is not long on a machine that is busy.
    private static async Task WhenUnused(string sql)
    {
        const int MaxAttempts = 10;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await Server.Scalar(sql);
                return;
            }
            catch (PostgresException busy) when (busy.SqlState == PostgresErrorCodes.ObjectInUse && attempt < MaxAttempts)
            {
                await Task.Delay(TimeSpan.FromSeconds(1));
            }
        }
    }
}
