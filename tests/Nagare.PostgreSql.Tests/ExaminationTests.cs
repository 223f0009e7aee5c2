using Nagare.Storage;
using Npgsql;

namespace Nagare.PostgreSql.Tests;

public class ExaminationTests
{
    // What cannot be set on a server that others use: fsync, full_page_writes, synchronous_commit, standby, read-only.
    [Theory]
    [InlineData("on", "on", "on", false, "off", "")]
    [InlineData("on", "on", "local", false, "off", "")]
    [InlineData("on", "on", "remote_apply", false, "off", "")]
    [InlineData("off", "on", "on", false, "off", "durability.fsync")]
    [InlineData("on", "off", "on", false, "off", "durability.full_page_writes")]
    [InlineData("on", "on", "off", false, "off", "durability.synchronous_commit")]
    [InlineData("on", "on", "on", true, "on", "database.readonly")]
    [InlineData("on", "on", "on", false, "on", "database.readonly")]
    [InlineData("off", "off", "off", true, "off", "durability.fsync durability.full_page_writes durability.synchronous_commit database.readonly")]
    public async Task Each_setting_is_judged(string fsync, string fullPageWrites, string synchronousCommit, bool isStandby, string readOnly, string expected)
    {
        var examination = new PostgreSqlExamination("here", "public", (_, _) => new([[fsync, fullPageWrites, synchronousCommit, isStandby, readOnly]]));
        Assert.Equal(expected, string.Join(' ', (await examination.Run(ExaminationDepth.Settings, 1, default)).Select(finding => finding.Code)));
    }

    [Fact]
    public async Task A_database_whose_texts_are_not_unicode_is_unfit()
    {
        var name = $"nagare_ascii_{Environment.ProcessId}";
        await Server.Scalar($"create database {name} encoding 'SQL_ASCII' lc_collate 'C' lc_ctype 'C' template template0");
        try
        {
            await using var journal = new PostgreSqlJournal(new() { ConnectionString = new NpgsqlConnectionStringBuilder(Server.ConnectionString) { Database = name, Pooling = false }.ConnectionString });
            var finding = Assert.Single(await journal.Examine(ExaminationDepth.Settings, default), finding => finding.Code == "database.unfit");
            Assert.Contains("SQL_ASCII", finding.What, StringComparison.Ordinal);
            await Assert.ThrowsAsync<JournalSchemaException>(() => journal.Open(default).AsTask());
        }
        finally
        {
            await Server.Scalar($"drop database {name} with (force)");
        }
    }
}
