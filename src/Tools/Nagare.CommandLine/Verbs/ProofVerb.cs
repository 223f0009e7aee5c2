using System.CommandLine;

namespace Nagare.CommandLine;

/// <summary><c>proof POSITION --checkpoint FILE --key FILE</c></summary>
internal static class ProofVerb
{
    public static Command Build(VerbHost host)
    {
        var positions = new Argument<long[]>("POSITION") { Description = "Positions of events to prove; none where a subject, correlation or stream says which.", Arity = ArgumentArity.ZeroOrMore };
        var checkpoint = new Option<string>("--checkpoint") { Description = "The checkpoint that covers them.", HelpName = "FILE", Required = true };
        var key = new Option<string>("--key") { Description = "The public key by which the checkpoint counts.", HelpName = "FILE", Required = true };
        var subject = new Option<string?>("--subject") { Description = "All events of this subject, with the proof that these are all.", HelpName = "ID" };
        var correlation = new Option<string?>("--correlation") { Description = "All events of this correlation id, likewise.", HelpName = "ID" };
        var stream = new Option<string?>("--stream") { Description = "All events of this stream, likewise.", HelpName = "CATEGORY/ID" };
        var to = new Option<string?>("--out") { Description = "Writes the bundle to this file; to standard output unless said.", HelpName = "FILE" };
        var overwrite = new Option<bool>("--overwrite") { Description = "Replaces the file where there is one." };
        var command = new JournalCommand(
            host,
            "proof",
            "Writes events with their proofs as a bundle, which verify-bundle checks anywhere, without a database. For a subject, correlation or stream the bundle is complete up to the checkpoint, and shows it.",
            "proof 17 --checkpoint monday.txt --key nagare.key.pub",
            "proof --subject customer:7 --checkpoint monday.txt --key nagare.key.pub --out customer-7.bundle")
        {
            positions,
            checkpoint,
            key,
            subject,
            correlation,
            stream,
            to,
            overwrite,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var request = Request(
                await KeyFiles.ReadCheckpoint(arguments.GetRequiredValue(checkpoint), cancellationToken).ConfigureAwait(false),
                arguments.GetValue(positions) ?? [],
                arguments.GetValue(subject),
                arguments.GetValue(correlation),
                arguments.GetValue(stream));
            return await Run(
                command,
                arguments,
                request,
                await KeyFiles.ReadPublic(arguments.GetRequiredValue(key), cancellationToken).ConfigureAwait(false),
                arguments.GetValue(to),
                arguments.GetValue(overwrite),
                cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    private static BundleRequest Request(SignedCheckpoint checkpoint, long[] positions, string? subject, string? correlation, string? stream)
    {
        var keys = new JournalKey?[]
        {
            subject is null ? null : JournalKey.Subject(subject),
            correlation is null ? null : JournalKey.Correlation(correlation),
            stream is null ? null : JournalKey.Of(StreamIdOf(stream)),
        }.OfType<JournalKey>().ToArray();
        return (keys, positions) switch
        {
            ([var key], []) => new BundleRequest { Checkpoint = checkpoint, Key = key },
            ([], [_, ..]) when Array.TrueForAll(positions, position => position > 0) => new BundleRequest { Checkpoint = checkpoint, Positions = [.. positions.Select(position => (Position)position)] },
            ([], [_, ..]) => throw new CommandException(ExitCode.Usage, "positions begin at 1"),
            _ => throw new CommandException(ExitCode.Usage, "'proof' needs positions, or one of --subject, --correlation and --stream"),
        };
    }

    private static StreamId StreamIdOf(string text)
    {
        try
        {
            return StreamId.Parse(text);
        }
        catch (InvalidStreamIdException breach)
        {
            throw new CommandException(ExitCode.Usage, breach.Message);
        }
    }

    private static async Task<int> Run(JournalCommand command, ParseResult arguments, BundleRequest request, VerifierKey key, string? to, bool overwrite, CancellationToken cancellationToken)
    {
        if (command.IsJson(arguments) && to is null)
        {
            throw new CommandException(ExitCode.Usage, "a bundle on standard output leaves no room for --json; say --out FILE");
        }

        await using var opened = command.Open(arguments);
        var integrity = new JournalIntegrity(opened.Storage, new IntegrityOptions { Key = key });
        if (to is null)
        {
            await integrity.WriteBundle(request, command.Console.OpenOutput(), cancellationToken).ConfigureAwait(false);
            return ExitCode.Fine;
        }

        var events = 0L;
        await OutputFile.Write(to, overwrite, async stream => events = await integrity.WriteBundle(request, stream, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        if (command.IsJson(arguments))
        {
            JsonDocumentOutput.Write(command.Console, json =>
            {
                json.WriteString("database", opened.Name);
                json.WriteString("file", to);
                json.WriteNumber("events", events);
            });
        }
        else
        {
            command.Console.Out.WriteLine(VisibleText.Line($"proved {Count.Of(events, "event")}{(request.Key is { } of ? $", all of {of} up to position {request.Checkpoint.Size}" : "")}, in {to}"));
        }

        return ExitCode.Fine;
    }
}
