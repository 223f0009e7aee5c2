using Microsoft.CodeAnalysis;
using Nagare.CommandLine;
using Nagare.Generators;
using Nagare.Schema;

namespace Nagare.Tool.Tests;

/// <summary>
/// An event of the sample broken in each way of the table: the compiler says so where it was promised, the fix repairs what a machine can,
/// and <c>nagare schema diff</c> prints the row.
/// </summary>
public sealed class SampleRowTests : IDisposable
{
    private const string Own = Sample.Aborted;

    // Under what an event with members of that type is stored, then what becomes of it; types that either needs; the rule, and the text it underlines.
    private static readonly Row[] Rows =
    [
        new(ChangeKind.NullableMemberAdded, Own, Member("string Reason, int? Code"), "NAG2023", "Code"),
        new(ChangeKind.DefaultedMemberAdded, Own, Member("string Reason, int Code = 3"), "NAG2023", "Code"),
        new(ChangeKind.RequiredMemberAdded, Own, Member("string Reason, int Code"), "NAG2020", "Code"),
        new(ChangeKind.OptionalMemberRemoved, Member("string Reason, int? Code"), Own, "NAG2023", "Aborted"),
        new(ChangeKind.RequiredMemberRemoved, Own, Member(""), "NAG2021", "Aborted"),
        new(ChangeKind.MemberRenamed, Own, Member("string Cause"), "NAG2026", "Cause"),
        new(ChangeKind.MemberRenamedWithFormerName, Own, Member("[FormerName(\"reason\")] string Cause"), "NAG2021", "Cause"),
        new(ChangeKind.MemberCaseChanged, Own, Member("[property: JsonPropertyName(\"Reason\")] string Reason"), "NAG2026", "Reason"),
        new(ChangeKind.RetiredNameUsed, Own, Member("string Reason, string? Old"), "NAG2020", "Old")
        {
            Locked = locked => locked with { Events = locked.Events.Select(e => e.Name == "aborted" ? e with { Retired = new(["old"]) } : e).ToEquatableArray() },
        },
        new(ChangeKind.ClrNameChanged, Own, Member("[property: JsonPropertyName(\"reason\")] string Cause"), null),
        new(ChangeKind.MembersReordered, Member("string Reason, int Code"), Member("int Code, string Reason"), null),
        new(ChangeKind.ClassBecameRecord, Member("Part Reason"), Member("Part Reason "), null) { Types = "public sealed class Part { public required string Name { get; init; } }", TypesNow = "public sealed record Part(string Name);" },

        new(ChangeKind.NumberWidened, Member("int Reason"), Member("long Reason"), "NAG2021", "Reason"),
        new(ChangeKind.NumberNarrowed, Member("long Reason"), Member("int Reason"), "NAG2020", "Reason"),
        new(ChangeKind.NumberChanged, Member("decimal Reason"), Member("double Reason"), "NAG2020", "Reason"),
        new(ChangeKind.NumberBecameText, Member("int Reason"), Own, "NAG2020", "Reason"),
        new(ChangeKind.TextBecameNumber, Own, Member("int Reason"), "NAG2020", "Reason"),
        new(ChangeKind.ScalarBecameList, Own, Member("IReadOnlyList<string> Reason"), "NAG2020", "Reason"),
        new(ChangeKind.ListBecameScalar, Member("IReadOnlyList<string> Reason"), Own, "NAG2020", "Reason"),
        new(ChangeKind.DateTimeBecameDateTimeOffset, Member("DateTime Reason"), Member("DateTimeOffset Reason"), "NAG2020", "Reason"),
        new(ChangeKind.DateTimeOffsetBecameDateTime, Member("DateTimeOffset Reason"), Member("DateTime Reason"), "NAG2020", "Reason"),
        new(ChangeKind.TypeWidened, Member("Guid Reason"), Own, "NAG2021", "Reason"),
        new(ChangeKind.TypeNarrowed, Own, Member("Guid Reason"), "NAG2020", "Reason"),
        new(ChangeKind.TypeChanged, Member("bool Reason"), Member("Guid Reason"), "NAG2020", "Reason"),
        new(ChangeKind.OpaqueTypeChanged, Member("Uri Reason"), Member("Version Reason"), "NAG2020", "Reason"),

        new(ChangeKind.ValueMadeNullable, Own, Member("string? Reason"), "NAG2021", "Reason"),
        new(ChangeKind.ValueMadeNullable, Member("int Reason"), Member("int? Reason"), "NAG2021", "Reason"),
        new(ChangeKind.ValueMadeRequired, Member("string? Reason"), Own, "NAG2020", "Reason"),
        new(ChangeKind.ValueMadeRequired, Member("int? Reason"), Member("int Reason"), "NAG2020", "Reason"),
        new(ChangeKind.MemberMadeOptional, Own, Member("string Reason = \"none\""), "NAG2023", "Reason"),
        new(ChangeKind.MemberMadeRequired, Member("string Reason = \"none\""), Own, "NAG2020", "Reason"),
        new(ChangeKind.DefaultChanged, Member("string Reason = \"none\""), Member("string Reason = \"some\""), "NAG2020", "Reason"),
        new(ChangeKind.NullOmitted, Member("string? Reason"), Member("[property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason"), "NAG2023", "Reason"),
        new(ChangeKind.ValueOmitted, Member("int Reason = 7"), Member("[property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int Reason = 7"), "NAG2021", "Reason"),
        new(ChangeKind.OmissionEnded, Member("[property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason"), Member("string? Reason"), "NAG2023", "Reason"),

        new(ChangeKind.EnumNameAdded, Member("Why Reason"), Member("Why Reason "), "NAG2021", "Reason") { Types = Why("Bored, Late"), TypesNow = Why("Bored, Late, Lost") },
        new(ChangeKind.EnumNameRemoved, Member("Why Reason"), Member("Why Reason "), "NAG2020", "Reason") { Types = Why("Bored, Late, Lost"), TypesNow = Why("Bored, Late") },
        new(ChangeKind.EnumNameRenamed, Member("Why Reason"), Member("Why Reason "), "NAG2026", "Tardy") { Types = Why("Bored, Late"), TypesNow = Why("Bored, Tardy") },
        new(ChangeKind.EnumNameRenamedWithFormerName, Member("Why Reason"), Member("Why Reason "), "NAG2021", "Reason") { Types = Why("Bored, Late"), TypesNow = Why("Bored, [FormerName(\"Late\")] Tardy") },
        new(ChangeKind.EnumBecameFlags, Member("Why Reason"), Member("Why Reason "), "NAG2021", "Reason") { Types = Why("None, Late"), TypesNow = "[System.Flags] " + Why("None, Late") },
        new(ChangeKind.FlagsBecameEnum, Member("Why Reason"), Member("Why Reason "), "NAG2020", "Reason") { Types = "[System.Flags] " + Why("None, Late"), TypesNow = Why("None, Late") },
        new(ChangeKind.EnumStoredByNumber, Member("Why Reason"), Member("Why Reason "), "NAG0014", "Reason") { Types = Why("Bored, Late"), TypesNow = "[JsonConverter(typeof(JsonNumberEnumConverter<Why>))]\n" + Why("Bored, Late") },

        new(ChangeKind.UnionCaseAdded, Member("Stop Reason"), Member("Stop Reason "), "NAG2021", "Reason") { Types = Stop("user"), TypesNow = Stop("user", "clock") },
        new(ChangeKind.UnionCaseRemoved, Member("Stop Reason"), Member("Stop Reason "), "NAG2020", "Reason") { Types = Stop("user", "clock"), TypesNow = Stop("user") },
        new(ChangeKind.UnionCaseRenamed, Member("Stop Reason"), Member("Stop Reason "), "NAG2020", "Reason") { Types = Stop("user"), TypesNow = Stop("person") },

        new(ChangeKind.EventAdded, Own, Own + "\n    [Event] public sealed record Paused(string Until) : AgentRunEvent;", "NAG2022", "Paused"),
        new(ChangeKind.PastEventAdded, Own, Own, "NAG2022", "HaltedV1") { TypesNow = "[PastEvent<AgentRunEvent>(\"halted\", 1)] public sealed record HaltedV1(string Why);\npublic static class History { [Upcaster] public static AgentRunEvent.Aborted Up(HaltedV1 old) => new(old.Why); }" },
        new(ChangeKind.EventRemoved, Own, "", "NAG2020", "AgentRunEvent"),
        new(ChangeKind.EventRetired, Own, "", "NAG2023", "AgentRunEvent") { TypesNow = "[PastEvent<AgentRunEvent>(\"aborted\", 1)] public sealed record AbortedV1(string Reason);\npublic static class History { [Upcaster] public static IEnumerable<AgentRunEvent> Up(AbortedV1 old) => []; }" },
        new(ChangeKind.EventRenamed, Own, Own.Replace("Aborted", "Stopped", StringComparison.Ordinal), "NAG2026", "Stopped"),
        new(ChangeKind.EventRenamedWithFormerName, Own, Own.Replace("[Event]", "[Event, FormerName(\"aborted\")]", StringComparison.Ordinal).Replace("Aborted", "Stopped", StringComparison.Ordinal), "NAG2021", "Stopped"),
        new(ChangeKind.FamilyRenamedWithFormerName, Own, Own, "NAG2021", "AgentRunEvent") { Family = "[EventFamily(\"run\"), FormerName(\"agent-run\")]" },
        new(ChangeKind.VersionBumpedWithUpcaster, Own, Member("string Reason, int Code", 2), "NAG2022", "Aborted") { TypesNow = "[PastEvent<AgentRunEvent>(\"aborted\", 1)] public sealed record AbortedV1(string Reason);\npublic static class History { [Upcaster] public static AgentRunEvent.Aborted Up(AbortedV1 old) => new(old.Reason, 0); }" },
        new(ChangeKind.VersionBumpedWithoutUpcaster, Own, Member("string Reason, int Code", 2), "NAG2020", "Aborted"),
        new(ChangeKind.VersionLowered, Member("string Reason", 2), Own, "NAG2020", "Aborted") { Types = "public static class History { [Upcaster(\"aborted\", 1)] public static IEnumerable<AgentRunEvent> Up(System.Text.Json.JsonElement old) => []; }" },
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("nagare-rows-").FullName;

    public static TheoryData<int, string> Named => [.. Rows.Select((row, index) => (index, row.Kind.ToString()))];

    [Fact]
    public void Every_row_of_the_table_is_here() => Assert.Equal(ChangeTable.Rows.Select(row => row.Kind), Rows.Select(row => row.Kind).Distinct().Order());

    [Fact]
    public async Task The_sample_and_its_lock_agree()
    {
        var sample = Sample.With(Own, "", Sample.Lock);
        Assert.Empty(await sample.Findings());
        Assert.Equal("No shape of a stored event changed.\n", (await Diff(Sample.Lock, sample)).Output);
    }

    [Theory]
    [MemberData(nameof(Named))]
    public async Task The_break_is_found_shown_and_repaired(int index, string kind)
    {
        var row = Rows[index];
        Assert.Equal(kind, row.Kind.ToString());
        var locked = await Released(row);
        var broken = Sample.With(row.Now, row.TypesNow ?? row.Types, locked, row.Family);

        // The compiler.
        var findings = await broken.Findings();
        var found = findings.Where(finding => finding.Id == row.Id).ToList();
        Assert.True(row.Id is null ? findings.Count == 0 : found.Count > 0, string.Join('\n', findings));
        if (row.Id is not null)
        {
            var meaning = ChangeTable.Of(row.Kind);
            Assert.Contains(row.At, await Task.WhenAll(found.Select(broken.Underlined)));
            Assert.Equal(meaning.Read == Verdict.Breaks ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning, found[0].Severity);
            Assert.True(row.Kind == ChangeKind.EnumStoredByNumber || found.Exists(finding => finding.GetMessage().Contains(meaning.Words, StringComparison.Ordinal)), found[0].GetMessage());
        }

        // The pull request. Two rows are comments and order, which no fact of the lock is about.
        var (exitCode, table) = await Diff(locked, broken);
        Assert.Equal(ChangeTable.Of(row.Kind).Read == Verdict.Breaks ? ExitCode.Finding : ExitCode.Fine, exitCode);
        if (row.Kind is ChangeKind.MembersReordered or ChangeKind.ClassBecameRecord)
        {
            Assert.Equal("No shape of a stored event changed.\n", table);
        }
        else
        {
            Assert.Contains($"| {ChangeTable.Of(row.Kind).Words} |", table, StringComparison.Ordinal);
        }

        // What dotnet format does.
        if (row.Id is not null)
        {
            await Repaired(broken, locked);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task Repaired(Sample broken, SchemaLock locked)
    {
        var text = await broken.Text();
        foreach (var ids in (string[][])[["NAG0014"], ["NAG2026"], ["NAG2020"], ["NAG2021", "NAG2022", "NAG2023"]])
        {
            broken = (await broken.Findings()).Any(finding => ids.Contains(finding.Id)) ? await broken.Fixed(ids) ?? broken : broken;
        }

        var left = await broken.Findings();
        Assert.True(left.Count == 0, $"{string.Join('\n', left)}\n{await broken.Text()}\n{await broken.Locked()}\nwas\n{text}");
        var (exitCode, table) = await Diff(locked, broken);
        Assert.True(exitCode == ExitCode.Fine, table);
        var current = await Current(broken);
        Assert.True(SchemaVerification.Verify(locked, await broken.Locked(), current) is [], string.Join('\n', SchemaVerification.Verify(locked, await broken.Locked(), current)));
    }

    private async Task<SchemaLock> Released(Row row)
    {
        var before = Sample.With(row.Was, row.Types, SchemaLock.Empty);
        var locked = SchemaUpdate.All(SchemaLock.Empty, await Current(before)).Seal();
        Assert.Equal(row.Was == Own && row.Types.Length == 0, locked.ToString() == Sample.Lock.ToString());
        return row.Locked(locked);
    }

    private async Task<SchemaLock> Current(Sample sample)
    {
        var file = Path.Combine(_folder, $"{Guid.NewGuid():N}.dll");
        await sample.Build(file);
        return AssemblySchema.Read(file);
    }

    private async Task<(int ExitCode, string Output)> Diff(SchemaLock locked, Sample sample)
    {
        await sample.Build(Path.Combine(_folder, "AgentRun.dll"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "released.schema"), locked.ToString());
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        var exitCode = await ToolCommand.Run(["schema", "diff", "released.schema", "AgentRun.dll"], new ToolHost(new CommandConsole { Output = output, Error = error }, _folder), TestContext.Current.CancellationToken);
        return (exitCode, System.Text.Encoding.UTF8.GetString(output.ToArray()) + System.Text.Encoding.UTF8.GetString(error.ToArray()));
    }

    private static string Member(string members, int version = 1) => $"[Event{(version == 1 ? "" : $"(Version = {version})")}]\n    public sealed record Aborted({members}) : AgentRunEvent;";

    private static string Why(string names) => $"public enum Why {{ {names} }}";

    private static string Stop(params string[] cases) =>
        string.Concat(cases.Select(name => $"[JsonDerivedType(typeof(Stop{name}), \"{name}\")] ")) + "public abstract record Stop;\n" + string.Join('\n', cases.Select(name => $"public sealed record Stop{name} : Stop;"));

    private sealed record Row(ChangeKind Kind, string Was, string Now, string? Id, string At = "")
    {
        public string Types { get; init; } = "";

        public string? TypesNow { get; init; }

        public string Family { get; init; } = "";

        public Func<SchemaLock, SchemaLock> Locked { get; init; } = static locked => locked;
    }
}
