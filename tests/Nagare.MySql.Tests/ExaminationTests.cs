using Nagare.Storage;

namespace Nagare.MySql.Tests;

public abstract class ExaminationTests(Server server)
{
    [Fact]
    public async Task A_server_that_answers_before_it_flushes_is_named_with_what_that_costs()
    {
        await using var database = new JournalDatabase(server);
        await using var journal = await database.Open();
        Assert.DoesNotContain(await journal.Examine(ExaminationDepth.Settings, default), finding => finding.Code.StartsWith("durability.", StringComparison.Ordinal));

        // Of the server as a whole: whoever else is tested meanwhile promises nothing of a machine that loses power.
        await server.Scalar("set global innodb_flush_log_at_trx_commit = 2");
        try
        {
            var finding = Assert.Single(await journal.Examine(ExaminationDepth.Settings, default), finding => finding.Code.StartsWith("durability.", StringComparison.Ordinal));
            Assert.Equal(("durability.innodb_flush_log_at_trx_commit", FindingSeverity.Warning), (finding.Code, finding.Severity));
            Assert.Contains("innodb_flush_log_at_trx_commit is 2", finding.What, StringComparison.Ordinal);
        }
        finally
        {
            await server.Scalar("set global innodb_flush_log_at_trx_commit = 1");
        }
    }
}

public class MySqlExaminationTests() : ExaminationTests(Server.MySql)
{
    // What cannot be set on a server that others use.
    [Theory]
    [InlineData("1,1,1,ON,0", "")]
    [InlineData("3,0,0,1,0", "")]
    [InlineData("1,0,0,DETECT_AND_RECOVER,0", "")]
    [InlineData("0,1,1,ON,0", "durability.innodb_flush_log_at_trx_commit")]
    [InlineData("1,1,0,ON,0", "durability.sync_binlog")]
    [InlineData("1,ON,100,ON,0", "durability.sync_binlog")]
    [InlineData("1,0,0,OFF,0", "durability.innodb_doublewrite")]
    [InlineData("1,0,0,0,0", "durability.innodb_doublewrite")]
    [InlineData("1,0,0,DETECT_ONLY,0", "durability.innodb_doublewrite")]
    [InlineData("1,0,0,ON,1", "database.readonly")]
    [InlineData("2,1,0,OFF,ON", "durability.innodb_flush_log_at_trx_commit durability.sync_binlog durability.innodb_doublewrite database.readonly")]
    public async Task Each_setting_is_judged_as_the_releases_write_it(string settings, string expected)
    {
        var findings = await new MySqlExamination("here", (_, _) => new([[.. settings.Split(',')]])).Run(default);
        Assert.Equal(expected, string.Join(' ', findings.Select(finding => finding.Code)));
    }
}

public class MariaDbExaminationTests() : ExaminationTests(Server.MariaDb);
