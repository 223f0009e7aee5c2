using System.CommandLine;

namespace Nagare.CommandLine;

/// <summary><c>verify [--checkpoint FILE --key FILE]</c></summary>
internal static class VerifyJournalVerb
{
    private const int DefaultShown = 20;

    public static Command Build(VerbHost host)
    {
        var checkpoint = new Option<string?>("--checkpoint") { Description = "What to measure by: a checkpoint that was kept outside the database. Without one only accidents are found.", HelpName = "FILE" };
        var key = new Option<string?>("--key") { Description = "The public key by which the checkpoint counts.", HelpName = "FILE" };
        var after = VerbOptions.Number("--after", "Only events after this position.", minimum: 0);
        var until = VerbOptions.Number("--until", "Only events up to this position.", minimum: 1);
        var resume = new Option<string?>("--resume") { Description = "Notes in this file how far it got, and goes on from there when it is run again; gone when it is done.", HelpName = "FILE" };
        var show = VerbOptions.Number("--show", $"Shows so many findings; {DefaultShown} unless said. --json shows all.", minimum: 0);
        var command = new JournalCommand(
            host,
            "verify",
            "Compares the journal with a checkpoint: every event that was changed, inserted, deleted or cut off up to it is found. The exit code is 1 where something was.",
            "verify --checkpoint monday.txt --key nagare.key.pub",
            "verify --checkpoint monday.txt --key nagare.key.pub --resume verify.token",
            "verify")
        {
            checkpoint,
            key,
            after,
            until,
            resume,
            show,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var scope = new JournalScope { After = arguments.GetValue(after) ?? 0, Until = arguments.GetValue(until) is { } last ? (Position)last : null };
            var question = await Question.Read(arguments.GetValue(checkpoint), arguments.GetValue(key), scope, arguments.GetValue(resume), cancellationToken).ConfigureAwait(false);
            return await Run(command, arguments, question, arguments.GetValue(show) ?? DefaultShown, cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<int> Run(JournalCommand command, ParseResult arguments, Question question, long shown, CancellationToken cancellationToken)
    {
        await using var opened = command.Open(arguments);
        var integrity = new JournalIntegrity(opened.Storage, new IntegrityOptions { Key = question.Key });
        var head = await opened.Storage.ReadHead(cancellationToken).ConfigureAwait(false);
        IntegrityReport report = null!;
        await ProgressDisplay.Run(command.Console, Math.Max(head.Position, question.Checkpoint?.Size ?? 0), async progress =>
        {
            progress.Describe("verifying");
            var check = new IntegrityCheck
            {
                Scope = question.Scope,
                Checkpoint = question.Checkpoint,
                Token = question.Token,
                Progress = new Noting(new RunningCount(progress), question.TokenFile),
            };
            report = await Verify(integrity, check, question.TokenFile, cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);

        if (question.TokenFile is { } done)
        {
            File.Delete(done);
        }

        if (command.IsJson(arguments))
        {
            WriteJson(command.Console, opened.Name, report);
        }
        else
        {
            WriteText(command.Console, opened.Name, report, question, shown);
        }

        return report.IsIntact ? ExitCode.Fine : ExitCode.Finding;
    }

    private static async ValueTask<IntegrityReport> Verify(JournalIntegrity integrity, IntegrityCheck check, string? tokenFile, CancellationToken cancellationToken)
    {
        try
        {
            return await integrity.Verify(check, cancellationToken).ConfigureAwait(false);
        }
        catch (FormatException token)
        {
            throw new CommandException(ExitCode.Usage, $"{tokenFile}: {token.Message}");
        }
    }

    private static void WriteText(CommandConsole console, string name, IntegrityReport report, Question question, long shown)
    {
        foreach (var finding in report.Findings.Take((int)Math.Min(shown, int.MaxValue)))
        {
            var where = finding.Position == finding.LastPosition ? $"position {finding.Position}" : $"positions {finding.Position} to {finding.LastPosition}";
            console.Out.WriteLine(VisibleText.Line($"{where}: {finding.Kind}: {finding.What}"));
        }

        if (report.Findings.Count + report.Omitted > shown)
        {
            console.Out.WriteLine($"and {Count.Of(report.Findings.Count + report.Omitted - shown, "more finding")}");
        }

        var measured = question.Checkpoint is { } checkpoint
            ? $"against the checkpoint of {checkpoint.Origin} at {Count.Of(checkpoint.Size, "event")}"
            : "without a checkpoint: only accidents would show";
        console.Out.WriteLine(VisibleText.Line($"verified {Count.Of(report.Checked, "event")} of {name} {measured}; {(report.IsIntact ? "nothing found" : Count.Of(report.Findings.Count + report.Omitted, "finding"))}"));
    }

    private static void WriteJson(CommandConsole console, string name, IntegrityReport report) => JsonDocumentOutput.Write(console, json =>
    {
        json.WriteString("database", name);
        json.WriteBoolean("intact", report.IsIntact);
        json.WriteNumber("checked", report.Checked);
        json.WriteNumber("coveredUpTo", report.CoveredUpTo.Value);
        json.WriteStartArray("findings");
        foreach (var finding in report.Findings)
        {
            json.WriteStartObject();
            json.WriteNumber("position", finding.Position.Value);
            json.WriteNumber("lastPosition", finding.LastPosition.Value);
            json.WriteString("kind", finding.Kind.ToString());
            json.WriteString("what", finding.What);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("omitted", report.Omitted);
    });

    /// <summary>What is verified, and by what.</summary>
    private sealed record Question(SignedCheckpoint? Checkpoint, VerifierKey? Key, JournalScope Scope, string? TokenFile, string? Token)
    {
        public static async ValueTask<Question> Read(string? checkpoint, string? key, JournalScope scope, string? tokenFile, CancellationToken cancellationToken)
        {
            if (checkpoint is null != key is null)
            {
                throw new CommandException(ExitCode.Usage, "--checkpoint and --key belong together: the checkpoint says what the journal was, the key that it may be believed");
            }

            if (tokenFile is not null && scope != JournalScope.Everything)
            {
                throw new CommandException(ExitCode.Usage, "--resume is for the whole journal; leave --after and --until");
            }

            return new Question(
                checkpoint is null ? null : await KeyFiles.ReadCheckpoint(checkpoint, cancellationToken).ConfigureAwait(false),
                key is null ? null : await KeyFiles.ReadPublic(key, cancellationToken).ConfigureAwait(false),
                scope,
                tokenFile,
                tokenFile is not null && File.Exists(tokenFile) ? await File.ReadAllTextAsync(tokenFile, cancellationToken).ConfigureAwait(false) : null);
        }
    }

    // Noted only while nothing was found: findings are in no token, and are to be found again by whoever goes on.
    private sealed class Noting(RunningCount count, string? tokenFile) : IProgress<IntegrityProgress>
    {
        public void Report(IntegrityProgress value)
        {
            count.Report(value.Position.Value);
            if (tokenFile is not null && value.Findings == 0)
            {
                var unfinished = tokenFile + ".unfinished";
                File.WriteAllText(unfinished, value.Token);
                File.Move(unfinished, tokenFile, overwrite: true);
            }
        }
    }
}
