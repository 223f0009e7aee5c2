using Nagare.Storage;

namespace Nagare.Sqlite.Tests;

/// <summary>What the doctor finds on a file and that a test cannot make on every machine: a disk with little room, an engine that is too old, a file near its bound.</summary>
public class ExaminationTests
{
    private const long OneGibibyte = 1024L * 1024 * 1024;

    [Theory]
    [InlineData(OneGibibyte, "")]
    [InlineData(OneGibibyte - 1, "disk.low")]
    [InlineData(0, "disk.low")]
    public async Task A_disk_with_less_than_a_gibibyte_is_said_to_be_low(long free, string expected)
    {
        using var file = await Filled();
        var examination = new SqliteExamination(file.Options(), TimeProvider.System, _ => free);
        Assert.Equal(expected, Codes(await examination.Run(ExaminationDepth.Sampled, default)));
        Assert.Equal("", Codes(await new SqliteExamination(file.Options(), TimeProvider.System, _ => free).Run(ExaminationDepth.Settings, default)));
    }

    [Fact]
    public async Task A_file_near_its_bound_is_said_to_be()
    {
        using var file = await Filled();
        var length = new FileInfo(file.Path).Length;
        Assert.Equal("file.bound", Codes(await Examine(file, options => options.MaxFileBytes = length)));
        Assert.Equal("", Codes(await Examine(file, options => options.MaxFileBytes = length * 2)));
    }

    [Theory]
    [InlineData(3_051_002, "database.unfit")]
    [InlineData(3_051_003, "")]
    public void An_engine_that_loses_data_is_said_to_be_unfit(int version, string expected)
    {
        var examination = new SqliteExamination(new SqliteJournalOptions { ConnectionString = "Data Source=:memory:" }, TimeProvider.System);
        examination.CheckEngine(version, "an engine");
        Assert.Equal(expected, Codes(examination.Findings));
    }

    private static async Task<JournalFile> Filled()
    {
        var file = new JournalFile();
        await using var journal = await file.Open();
        await journal.Append(Appends.Of("a"), default);
        return file;
    }

    private static async Task<IReadOnlyList<JournalFinding>> Examine(JournalFile file, Action<SqliteJournalOptions> configure)
    {
        var options = file.Options();
        configure(options);
        return await new SqliteExamination(options, TimeProvider.System, _ => OneGibibyte).Run(ExaminationDepth.Sampled, default);
    }

    private static string Codes(IEnumerable<JournalFinding> findings) => string.Join(' ', findings.Select(finding => finding.Code));
}
