// The verbs behind one call. A run parses its arguments, opens one journal, does one thing, and turns whatever went wrong into one line
// and an exit code; nothing else of the verbs is built, because a person at a prompt waits for the first line.
using System.Globalization;

namespace Nagare.CommandLine;

/// <summary>Hosts the verbs: import, runs, state, why, check, export, restore, checkpoint, verify, proof, verify-bundle.</summary>
/// <example>
/// A whole program:
/// <code>return await NagareCommandLine.Run(args, new() { Name = "agent-run", AddModels = nagare => nagare.AddModel&lt;AgentRunModel&gt;() });</code>
/// </example>
public static class NagareCommandLine
{
    /// <summary>Runs the verb that the arguments name, for an application that brings nothing but its models.</summary>
    /// <inheritdoc cref="Run(string[], CommandLineOptions, CancellationToken)"/>
    public static Task<int> Run(string[] args, Action<NagareBuilder> addModels) => Run(args, new CommandLineOptions { AddModels = addModels });

    /// <summary>Runs the verb that the arguments name, or the application's story where there are none.</summary>
    /// <returns>The exit code; see <see cref="ExitCode"/>. Nothing is thrown: what goes wrong is one line on standard error.</returns>
    public static async Task<int> Run(string[] args, CommandLineOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(options);
        var console = options.Console ?? CommandConsole.OfThisProcess();
        // The verbs speak one language and one notation, whatever the machine's; it ends with this call.
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
        using var interruption = Interruption.Listen(cancellationToken);
        try
        {
            return args.Length == 0 && options.WithoutArguments is { } story
                ? await story(console, interruption.Token).ConfigureAwait(false)
                : await CommandTree.Run(args, new VerbHost(options, console), interruption.Token).ConfigureAwait(false);
        }
        catch (OutputClosedException)
        {
            return ExitCode.Fine;
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            return Failure.Report(console, options.Name, ExitCode.Interrupted, "interrupted");
        }
        catch (Exception e)
        {
            var (exitCode, message) = Failure.Describe(e);
            return Failure.Report(console, options.Name, exitCode, message);
        }
    }
}
