using System.Text.RegularExpressions;
using Nagare;

namespace AgentRuns;

/// <summary>What the rules for coding runs ask to be known at a step.</summary>
[Aggregate(IgnoreRest = true)]
public sealed partial record CodingWork : IAggregate<CodingWork, AgentRunEvent>
{
    private const int MaxKeptCharacters = 80;

    /// <summary>Whether the run writes code.</summary>
    public bool IsCoding { get; init; }

    /// <summary>The command that was run last.</summary>
    public string? Command { get; init; }

    /// <summary>How often in a row that same command has failed.</summary>
    public int SameFailures { get; init; }

    /// <summary>The beginning of the latest edit, while nothing has been run since that could show that it is wrong.</summary>
    public string? UntestedEdit { get; init; }

    /// <summary>The beginning of the latest edit in place, while no test runner has run since.</summary>
    public string? EditWithoutSuite { get; init; }

    /// <summary>The backend that answered first.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>The backend that answered last.</summary>
    public string? LatestFingerprint { get; init; }

    private CodingWork Apply(AgentRunEvent.Started e) => this with { IsCoding = e.Format is RunFormat.MiniSwe or RunFormat.SweAgent };

    private CodingWork Apply(AgentRunEvent.ModelReplied e) => e.Fingerprint is null ? this : this with { Fingerprint = Fingerprint ?? e.Fingerprint, LatestFingerprint = e.Fingerprint };

    private CodingWork Apply(AgentRunEvent.ToolCalled e)
    {
        var command = e.Command ?? e.Arguments ?? "";
        var isEdit = Edit().IsMatch(command);

        // A command that writes a script and runs it has run what it wrote; a script that rewrites a file has not.
        var rewrites = WritesByScript().IsMatch(command);
        var isRun = Run().IsMatch(command) && !(isEdit && rewrites);
        var inPlace = rewrites || InPlace().IsMatch(command);
        return this with
        {
            Command = command,
            SameFailures = command == Command ? SameFailures : 0,
            UntestedEdit = isRun ? null : isEdit ? Words.Beginning(command, MaxKeptCharacters) : UntestedEdit,
            EditWithoutSuite = Suite().IsMatch(command) ? null : inPlace ? Words.Beginning(command, MaxKeptCharacters) : EditWithoutSuite,
        };
    }

    private CodingWork Apply(AgentRunEvent.ToolFailed e) => this with { SameFailures = SameFailures + 1 };

    private CodingWork Apply(AgentRunEvent.ToolReturned e) => this with { SameFailures = 0 };

    // In place by sed, perl or patch; by a script that opens a file for writing; by SWE-agent's own editor.
    [GeneratedRegex(@"\bsed\s+(-\w+\s+)*-i|\bperl\s+-\w*i|\b(git\s+apply|patch\s+-p)\b|\bopen\([^)]*,\s*['""]w|\.write_text\(|^(edit|insert|str_replace\w*|create)\b|>\s*[\w./-]+\.py\b", RegexOptions.CultureInvariant)]
    private static partial Regex Edit();

    // A test runner, or any Python at all: whoever runs the code would see it fall over.
    [GeneratedRegex(@"\b(pytest|unittest|runtests|tox|nosetests)\b|\bpython[23]?(\.\d+)?\s", RegexOptions.CultureInvariant)]
    private static partial Regex Run();

    [GeneratedRegex(@"\b(pytest|unittest|runtests|tox|nosetests)\b|\bmanage\.py\s+test\b", RegexOptions.CultureInvariant)]
    private static partial Regex Suite();

    [GeneratedRegex(@"\bsed\s+(-\w+\s+)*-i|^(edit|insert|str_replace\w*)\b", RegexOptions.CultureInvariant)]
    private static partial Regex InPlace();

    [GeneratedRegex(@"\bopen\([^)]*,\s*['""]w|\.write_text\(", RegexOptions.CultureInvariant)]
    private static partial Regex WritesByScript();
}
