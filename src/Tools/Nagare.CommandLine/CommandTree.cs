using System.CommandLine;
using System.CommandLine.Parsing;
using System.Reflection;

namespace Nagare.CommandLine;

/// <summary>Finds the verb that the arguments name and builds that one alone.</summary>
internal static class CommandTree
{
    private static readonly VerbEntry[] AllVerbs =
    [
        new("import", "import PATH", "Reads recorded runs from a file or a folder, plain or .gz, into the journal.", ImportVerb.Build),
        new("runs", "runs list", "Lists the runs.", RunsVerb.Build),
        new("runs", "runs show ID", "Tells one run, event by event, in plain words.", RunsVerb.Build),
        new("state", "state ID --at N", "Shows what was known at a version, and what changed since another.", StateVerb.Build),
        new("why", "why ID --at N", "Explains one event: what led to it, and what was known.", WhyVerb.Build),
        new("check", "check", "Asks every rule of every run: how often it broke, and where first.", CheckVerb.Build),
        new("export", "export FILE", "Writes the whole journal as JSON lines.", ExportVerb.Build),
        new("restore", "restore FILE", "Fills an empty journal from an export.", RestoreVerb.Build),
        new("checkpoint", "checkpoint --key FILE", "Signs what the journal is now, to be kept outside the database.", CheckpointVerb.Build),
        new("verify", "verify", "Compares the journal with a checkpoint: what was changed, where.", VerifyJournalVerb.Build),
        new("proof", "proof POSITION", "Writes events with their proofs as a bundle.", ProofVerb.Build),
        new("verify-bundle", "verify-bundle FILE", "Verifies a bundle, without any database.", VerifyBundleVerb.Build),
    ];

    public static async Task<int> Run(string[] args, VerbHost host, CancellationToken cancellationToken)
    {
        var verbs = AllVerbs.Where(verb => verb.Name != "import" || host.Options.Importers.Count > 0).ToList();
        if (args is [] or ["--help" or "-h" or "-?" or "help"])
        {
            WriteHelp(host, verbs);
            return ExitCode.Fine;
        }

        if (args is ["--version"])
        {
            host.Console.Out.WriteLine(VisibleText.Line(host.Options.Version ?? VersionOf(Assembly.GetEntryAssembly())));
            return ExitCode.Fine;
        }

        var verb = verbs.Find(verb => verb.Name == args[0])
            ?? throw new CommandException(ExitCode.Usage, $"there is no verb '{args[0]}'; there are {string.Join(", ", verbs.Select(verb => verb.Name).Distinct())} (see '{host.Options.Name} --help')");

        // A plain command, not a RootCommand: that one brings directives and asks for the executable's path.
        var root = new Command(host.Options.Name) { verb.Build(host) };
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed is { Errors: [var error, ..], Action.ClearsParseErrors: not true })
        {
            var command = string.Join(' ', parsed.CommandResult.Command == root ? [host.Options.Name] : Names(parsed.CommandResult.Command));
            throw new CommandException(ExitCode.Usage, $"{Missing(parsed.CommandResult) ?? error.Message.TrimEnd('.')} (see '{command} --help')");
        }

        return await parsed.InvokeAsync(
            new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = host.Console.Out, Error = host.Console.ErrorOut },
            cancellationToken).ConfigureAwait(false);
    }

    // What the parser says of a missing word does not name the word.
    private static string? Missing(CommandResult result) => result.Command switch
    {
        { Subcommands: { Count: > 0 } subcommands } command when result.Tokens.Count == 0 => $"'{command.Name}' needs a second word: {string.Join(" or ", subcommands.Select(subcommand => subcommand.Name))}",
        var command when command.Arguments.FirstOrDefault(argument => argument.Arity.MinimumNumberOfValues > 0 && result.GetResult(argument) is not { Tokens.Count: > 0 }) is { } argument
            => $"'{command.Name}' needs {argument.Name}",
        _ => null,
    };

    private static string VersionOf(Assembly? application) =>
        application?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    private static IEnumerable<string> Names(Symbol command) =>
        command.Parents.FirstOrDefault() is { } parent ? Names(parent).Append(command.Name) : [command.Name];

    private static void WriteHelp(VerbHost host, List<VerbEntry> verbs)
    {
        var name = host.Options.Name;
        var width = verbs.Max(verb => verb.Usage.Length);
        host.Console.Out.Write($"""
            {host.Options.Description}

            Usage: {name} VERB [options]

            {string.Join('\n', verbs.Select(verb => $"  {verb.Usage.PadRight(width)}  {verb.Description}"))}

            '{name} VERB --help' says more about each and gives an example.{(host.Options.WithoutArguments is null ? "" : $" '{name}' alone tells a story.")}
            The journal is {(host.Options.Databases is [SqliteProvider] ? "--db PATH" : "--db JOURNAL")}, else what {string.Join(" or ", JournalChoice.Variables(host))} names, else {host.Options.DefaultDatabase} in this folder.
            Exit codes: 0 fine, 1 something found, 2 not understood, 3 store unreachable, 4 not found, 130 interrupted.

            """.ReplaceLineEndings("\n"));
    }

    /// <summary>A verb before it is built.</summary>
    /// <param name="Name">The first word.</param>
    /// <param name="Usage">What a user types.</param>
    /// <param name="Description">What it does, in one sentence.</param>
    /// <param name="Build">Builds the command.</param>
    private sealed record VerbEntry(string Name, string Usage, string Description, Func<VerbHost, Command> Build);
}
