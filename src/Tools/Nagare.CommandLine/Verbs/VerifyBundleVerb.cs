using System.CommandLine;

namespace Nagare.CommandLine;

/// <summary><c>verify-bundle FILE</c></summary>
internal static class VerifyBundleVerb
{
    private const string StandardInput = "-";

    public static Command Build(VerbHost host)
    {
        var file = new Argument<string>("FILE") { Description = "The bundle that proof wrote, or - for standard input." };
        var key = new Option<string?>("--key") { Description = "The public key that you trust. Without it the one in the bundle is taken, which shows only that the bundle fits together.", HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "One JSON document on standard output instead of text." };
        var command = new Command("verify-bundle", "Verifies a bundle of events and proofs, without any database: that each event is whole and in its place, and that none is missing where the bundle claims to be complete. The exit code is 1 where it does not hold.")
        {
            file,
            key,
            json,
            HelpWithExamples.Option(host, "verify-bundle customer-7.bundle --key nagare.key.pub"),
        };
        command.SetAction(async (arguments, cancellationToken) => await Run(
            host.Console,
            arguments.GetRequiredValue(file),
            arguments.GetValue(key) is { } keyFile ? await KeyFiles.ReadPublic(keyFile, cancellationToken).ConfigureAwait(false) : null,
            arguments.GetValue(json),
            cancellationToken).ConfigureAwait(false));
        return command;
    }

    private static async Task<int> Run(CommandConsole console, string file, VerifierKey? trusted, bool isJson, CancellationToken cancellationToken)
    {
        var source = file == StandardInput ? console.Input
            : File.Exists(file) ? new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan)
            : throw new CommandException(ExitCode.NotFound, $"there is no file {file}");
        await using var closed = source.ConfigureAwait(false);
        var report = await BundleVerifier.Verify(source, trusted, cancellationToken).ConfigureAwait(false);
        if (isJson)
        {
            WriteJson(console, report, trusted is not null);
        }
        else
        {
            BundleText.Write(console.Out, report, trusted is not null);
        }

        return report.IsValid ? ExitCode.Fine : ExitCode.Finding;
    }

    private static void WriteJson(CommandConsole console, BundleReport report, bool isTrusted) => JsonDocumentOutput.Write(console, json =>
    {
        json.WriteBoolean("valid", report.IsValid);
        json.WriteBoolean("trustedKey", isTrusted);
        json.WriteString("key", report.Key?.ToString());
        json.WriteNumber("events", report.Events);
        json.WriteString("completeFor", report.Complete?.ToString());
        if (report.Checkpoint is { } checkpoint)
        {
            json.WriteString("origin", checkpoint.Origin);
            json.WriteNumber("size", checkpoint.Size);
        }

        json.WriteStartArray("erased");
        foreach (var position in report.Erased)
        {
            json.WriteNumberValue(position.Value);
        }

        json.WriteEndArray();
        json.WriteStartArray("problems");
        foreach (var problem in report.Problems)
        {
            json.WriteStringValue(problem);
        }

        json.WriteEndArray();
    });
}
