using Nagare.Storage;

namespace Nagare.SqlServer.Tests;

public class ExaminationTests
{
    private static readonly SqlServerExaminationStatements Statements = new SqlServerStatements("a_tenants_own", TimeSpan.FromSeconds(5)).Examination;

    // What cannot be set on a server that others use. delayed_durability, page_verify, is_read_only, Updateability, Babelfish.
    [Theory]
    [InlineData(0, 2, 0, "READ_WRITE", null, "")]
    [InlineData(1, 2, 0, "READ_WRITE", null, "")]
    [InlineData(1, 1, 0, "READ_WRITE", null, "")]
    [InlineData(null, null, 0, null, null, "")]
    [InlineData(2, 2, 0, "READ_WRITE", null, "durability.delayed_durability")]
    [InlineData(0, 0, 0, "READ_WRITE", null, "durability.page_verify")]
    [InlineData(2, 0, 1, "READ_ONLY", null, "database.readonly durability.delayed_durability durability.page_verify")]
    [InlineData(0, 2, 0, "READ_ONLY", null, "database.readonly")]
    [InlineData(0, 0, 0, "READ_WRITE", 1, "")]
    [InlineData(2, 0, 0, null, 1, "")]
    [InlineData(0, 0, 1, "READ_WRITE", 1, "database.readonly")]
    public async Task Each_setting_is_judged(int? delayedDurability, int? pageVerification, int? isReadOnly, string? updateability, int? isBabelfish, string expected) =>
        Assert.Equal(expected, await Codes(ExaminationDepth.Settings, [[delayedDurability, pageVerification, isReadOnly, updateability, isBabelfish]], [["someone_elses"]], [["me", 1, 1, 0]]));

    [Theory]
    [InlineData(0, 0, 1, "")]
    [InlineData(1, 0, 1, "rights.wide")]
    [InlineData(1, 1, 1, "rights.wide")]
    [InlineData(0, 0, 0, "rights.missing")]
    [InlineData(0, null, null, "")]
    public async Task Each_right_is_judged(int? mayChange, int? mayAlter, int? mayAppend, string expected) =>
        Assert.Equal(expected, await Codes(ExaminationDepth.Sampled, [], [], [["me", mayChange, mayAlter, mayAppend]]));

    [Fact]
    public async Task What_a_login_may_not_see_is_no_finding() => Assert.Equal("", await Codes(ExaminationDepth.Sampled, [], [], []));

    [Fact]
    public async Task Triggers_of_somebody_else_are_named() =>
        Assert.Equal("schema.foreign", await Codes(ExaminationDepth.Sampled, [], [["someone_elses"]], []));

    [Fact]
    public async Task On_a_server_the_owner_has_too_many_rights_the_application_has_the_right_ones_and_a_trigger_is_seen()
    {
        await using var schema = new JournalSchema();
        await schema.CreateWithRole();
        await using (var journal = new SqlServerJournal(schema.Options()))
        {
            var found = await journal.Examine(ExaminationDepth.Sampled, default);
            Assert.True(found.Select(finding => finding.Code).SequenceEqual(["rights.wide"]), string.Join("\n", found));
            Assert.Empty(await Codes(journal, ExaminationDepth.Settings));
        }

        await using var application = new SqlServerJournal(schema.ApplicationOptions());
        Assert.Empty(await Codes(application, ExaminationDepth.Full));

        await schema.Execute("create trigger $s.someone_elses on $s.nagare_events after insert as select 1");
        await using (var journal = new SqlServerJournal(schema.Options()))
        {
            var finding = Assert.Single(await journal.Examine(ExaminationDepth.Sampled, default), finding => finding.Code == "schema.foreign");
            Assert.Contains("someone_elses", finding.What, StringComparison.Ordinal);
        }

        // Babelfish says of a right that was taken that it is there.
        await schema.Execute($"revoke insert on $s.nagare_events from {schema.Role}");
        Assert.Equal(!await Server.IsBabelfish, (await Codes(application, ExaminationDepth.Sampled)).Contains("rights.missing"));
    }

    private static async Task<IEnumerable<string>> Codes(SqlServerJournal journal, ExaminationDepth depth) =>
        (await journal.Examine(depth, default)).Select(finding => finding.Code);

    private static async Task<string> Codes(ExaminationDepth depth, object?[][] durability, object?[][] triggers, object?[][] rights)
    {
        var examination = new SqlServerExamination("here", Statements, (sql, _) => new(
            sql == Statements.ReadDurability ? durability
            : sql == Statements.ReadForeignTriggers ? triggers
            : sql == Statements.ReadRights ? rights
            : throw new ArgumentException(sql)));
        return string.Join(' ', (await examination.Run(depth, default)).Select(finding => finding.Code));
    }
}
