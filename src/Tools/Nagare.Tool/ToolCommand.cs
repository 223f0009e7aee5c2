using System.CommandLine;
using System.Reflection;
using Nagare.CommandLine;
using Nagare.Schema;

namespace Nagare.Tool;

/// <summary>The tree of commands, and what becomes of their failures.</summary>
internal static class ToolCommand
{
    public static async Task<int> Run(string[] args, ToolHost host, CancellationToken cancellationToken)
    {
        try
        {
            if (args is ["--version"])
            {
                var version = typeof(ToolCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
                host.Console.Out.WriteLine(version.Split('+')[0]);
                return ExitCode.Fine;
            }

            var root = Build(host);
            var parsed = root.Parse(args.Length == 0 ? ["--help"] : args, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parsed is { Errors: [var error, ..], Action.ClearsParseErrors: not true })
            {
                var what = parsed.UnmatchedTokens is [var word, ..] ? $"'{word}' is not understood" : error.Message.TrimEnd('.');
                throw new CommandException(ExitCode.Usage, $"{what} (see '{CommandWords(parsed.CommandResult.Command)} --help')");
            }

            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = host.Console.Out, Error = host.Console.ErrorOut },
                cancellationToken).ConfigureAwait(false);
        }
        catch (OutputClosedException)
        {
            return ExitCode.Fine;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Report(host, ExitCode.Interrupted, "interrupted");
        }
        catch (Exception e)
        {
            var (exitCode, message) = Failure.Describe(e);
            return Report(host, exitCode, message);
        }
    }

    // Verbs on journals that need no application's models stand beside those on locks; one is added with its line.
    private static Command Build(ToolHost host) => new("nagare", "Looks after journals, and keeps the shapes of stored events readable for ever.")
    {
        new System.CommandLine.Help.HelpOption(),
        new Command("schema", $"Shows, checks, updates and seals the locks ({SchemaLock.FileName}) that pin the shapes of stored events.")
        {
            DiffVerb.Build(host),
            VerifyVerb.Build(host),
            UpdateVerb.Build(host),
            SealVerb.Build(host),
            ShowVerb.Build(host),
        },
        DoctorVerb.Build(host.Journals),
        SchemaSqlVerb.Build(host.Journals),
        ExportVerb.Build(host.Journals),
        RestoreVerb.Build(host.Journals),
        CheckpointVerb.Build(host.Journals),
        VerifyJournalVerb.Build(host.Journals),
        ProofVerb.Build(host.Journals),
        VerifyBundleVerb.Build(host.Journals),
    };

    private static string CommandWords(Symbol command) => command.Parents.FirstOrDefault() is { } parent ? $"{CommandWords(parent)} {command.Name}" : command.Name;

    private static int Report(ToolHost host, int exitCode, string message) => Failure.Report(host.Console, "nagare", exitCode, message);
}
