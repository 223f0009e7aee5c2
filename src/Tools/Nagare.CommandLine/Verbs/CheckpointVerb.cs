using System.CommandLine;
using System.Text;

namespace Nagare.CommandLine;

/// <summary><c>checkpoint --key FILE</c></summary>
internal static class CheckpointVerb
{
    public static Command Build(VerbHost host)
    {
        var key = new Option<string>("--key") { Description = "The file of the key that signs; its owner alone may read it.", HelpName = "FILE", Required = true };
        var generate = new Option<string?>("--generate") { Description = "Makes a new key of this name in --key FILE, and its public half in FILE.pub, instead of signing. The name becomes the checkpoints' origin.", HelpName = "NAME" };
        var previous = new Option<string?>("--previous") { Description = "Signs only what begins with all that this older checkpoint covers, unchanged.", HelpName = "FILE" };
        var to = new Option<string?>("--out") { Description = "Writes the checkpoint to this file; to standard output unless said.", HelpName = "FILE" };
        var overwrite = new Option<bool>("--overwrite") { Description = "Replaces the file where there is one." };
        var command = new JournalCommand(
            host,
            "checkpoint",
            "Signs what the journal is now: how many events it has and the root of the tree over them. Keep what it writes outside the database: verify and proofs are measured by it.",
            "checkpoint --key nagare.key --generate example.com/agents",
            "checkpoint --key nagare.key --previous monday.txt --out tuesday.txt")
        {
            key,
            generate,
            previous,
            to,
            overwrite,
        };
        command.SetAction((arguments, cancellationToken) => arguments.GetValue(generate) is { } name
            ? Generate(command, arguments, arguments.GetRequiredValue(key), name, cancellationToken)
            : Sign(command, arguments, arguments.GetRequiredValue(key), arguments.GetValue(previous), arguments.GetValue(to), arguments.GetValue(overwrite), cancellationToken));
        return command;
    }

    private static async Task<int> Generate(JournalCommand command, ParseResult arguments, string file, string name, CancellationToken cancellationToken)
    {
        var publicFile = await KeyFiles.Generate(file, name, cancellationToken).ConfigureAwait(false);
        var key = await KeyFiles.ReadPublic(publicFile, cancellationToken).ConfigureAwait(false);
        if (command.IsJson(arguments))
        {
            JsonDocumentOutput.Write(command.Console, json =>
            {
                json.WriteString("secret", file);
                json.WriteString("public", publicFile);
                json.WriteString("key", key.ToString());
            });
        }
        else
        {
            command.Console.Out.WriteLine(VisibleText.Line($"made the key {key.Name}: keep {file} where no writer of the journal can read it, and give {publicFile} to whoever verifies"));
        }

        return ExitCode.Fine;
    }

    private static async Task<int> Sign(JournalCommand command, ParseResult arguments, string keyFile, string? previousFile, string? to, bool overwrite, CancellationToken cancellationToken)
    {
        using var key = await KeyFiles.ReadSecret(keyFile, cancellationToken).ConfigureAwait(false);
        var previous = previousFile is null ? null : await KeyFiles.ReadCheckpoint(previousFile, cancellationToken).ConfigureAwait(false);
        await using var opened = command.Open(arguments);
        var integrity = new JournalIntegrity(opened.Storage, new IntegrityOptions { Signer = key });
        var checkpoint = await integrity.Checkpoint(cancellationToken).ConfigureAwait(false);
        if (previous is not null)
        {
            await integrity.ProveConsistency(previous, checkpoint, cancellationToken).ConfigureAwait(false);
        }

        if (to is not null)
        {
            await OutputFile.Write(to, overwrite, stream => stream.WriteAsync(Encoding.UTF8.GetBytes(checkpoint.Text), cancellationToken)).ConfigureAwait(false);
        }

        if (command.IsJson(arguments))
        {
            JsonDocumentOutput.Write(command.Console, json =>
            {
                json.WriteString("database", opened.Name);
                json.WriteString("origin", checkpoint.Origin);
                json.WriteNumber("size", checkpoint.Size);
                json.WriteString("root", checkpoint.Root.ToString());
                json.WriteString("checkpoint", checkpoint.Text);
            });
        }
        else if (to is null)
        {
            // As it is: a checkpoint's own form has no control characters, and its dash is part of it.
            command.Console.Out.Write(checkpoint.Text);
        }
        else
        {
            command.Console.Out.WriteLine(VisibleText.Line($"signed {Count.Of(checkpoint.Size, "event")} of {opened.Name} as {checkpoint.Origin} in {to}"));
        }

        return ExitCode.Fine;
    }
}
