using System.CommandLine;

namespace Nagare.CommandLine;

/// <summary><c>import PATH [--format auto|…]</c></summary>
internal static class ImportVerb
{
    private const string Auto = "auto";

    /// <summary>Skipped files named in the report; --json names all.</summary>
    private const int MaxFilesNamed = 5;

    public static Command Build(VerbHost host)
    {
        var importers = host.Options.Importers;
        var path = new Argument<string>("PATH") { Description = "A file or a folder of recorded runs, plain or .gz." };
        var format = VerbOptions.OneOf("--format", FormatHelp(importers), [Auto, .. importers.Select(importer => importer.Format)]);
        var command = new JournalCommand(
            host,
            "import",
            "Reads recorded runs into the journal, which is made where it is missing. A run is stored whole or not at all, also on Ctrl-C; importing it again adds nothing. Malformed lines are reported with file and line and skipped, and the exit code is 1.",
            "import runs.jsonl.gz",
            $"import recordings --format {importers[0].Format} --db runs.db")
        {
            path,
            format,
        };
        command.SetAction((arguments, cancellationToken) => Run(command, arguments, arguments.GetRequiredValue(path), arguments.GetRequiredValue(format), cancellationToken));
        return command;
    }

    private static string FormatHelp(IReadOnlyList<IRunImporter> importers) =>
        $"Their format; auto looks into each file. {string.Join("; ", importers.Select(importer => $"{importer.Format}: {importer.Description}"))}.";

    private static async Task<int> Run(JournalCommand command, ParseResult arguments, string path, string format, CancellationToken cancellationToken)
    {
        var files = ImportFile.Find(path);
        var isFolder = Directory.Exists(path);
        var importers = command.Application.Importers.Where(importer => format is Auto || importer.Format == format).ToList();
        await using var opened = command.OpenOrCreate(arguments);
        var tally = new ImportTally();
        try
        {
            await ProgressDisplay.Run(command.Console, files.Sum(file => file.Bytes), progress =>
                new RunImport(opened.Journal, importers, command.Application.ImportLimits, new ImportProgress(progress), tally)
                    // In a folder there may be anything besides runs; a file that is named together with its format is of that format.
                    .Import(files, format is Auto || isFolder ? null : importers[0], cancellationToken)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new CommandException(ExitCode.Interrupted, $"interrupted; {Count.Of(tally.Runs, "run")} with {Count.Of(tally.Events, "event")} stored whole, no other begun. Import again to go on.");
        }

        Report(command, command.IsJson(arguments), opened.Name, path, tally);
        if (tally.Files > 0 && tally.UnknownFiles.Count == tally.Files)
        {
            throw new CommandException(ExitCode.Finding, $"no importer knows anything in {path} (formats: {string.Join(", ", importers.Select(importer => importer.Format))})");
        }

        return tally.Problems == 0 ? ExitCode.Fine : ExitCode.Finding;
    }

    private static void Report(JournalCommand command, bool isJson, string database, string path, ImportTally tally)
    {
        if (isJson)
        {
            JsonDocumentOutput.Write(command.Console, json =>
            {
                json.WriteString("database", database);
                json.WriteNumber("files", tally.Files);
                json.WriteNumber("runs", tally.Runs);
                json.WriteNumber("events", tally.Events);
                json.WriteNumber("runsThereBefore", tally.RunsThereBefore);
                json.WriteNumber("problems", tally.Problems);
                json.WriteStartArray("unknownFiles");
                tally.UnknownFiles.ForEach(json.WriteStringValue);
                json.WriteEndArray();
            });
            return;
        }

        var output = command.Console.Out;
        if (tally.Files == 0)
        {
            output.WriteLine(VisibleText.Line($"nothing to import in {path}"));
        }

        if (tally.UnknownFiles is [_, ..] && tally.UnknownFiles.Count < tally.Files)
        {
            var names = string.Join(", ", tally.UnknownFiles.Take(MaxFilesNamed));
            var more = tally.UnknownFiles.Count > MaxFilesNamed ? $" and {Count.Number(tally.UnknownFiles.Count - MaxFilesNamed)} more" : "";
            output.WriteLine(VisibleText.Line($"skipped {Count.Of(tally.UnknownFiles.Count, "file")} that no importer knows: {names}{more}"));
        }

        if (tally.Runs > 0)
        {
            output.WriteLine(VisibleText.Line($"imported {Count.Of(tally.Runs, "run")}, {Count.Of(tally.Events, "event")}, into {database}"));
        }

        if (tally.RunsThereBefore > 0)
        {
            output.WriteLine(tally.Runs > 0 ? $"{Count.Of(tally.RunsThereBefore, "run")} there already" : $"nothing added: {Count.Of(tally.RunsThereBefore, "run")} there already");
        }

        if (tally.Problems > 0)
        {
            output.WriteLine($"{Count.Of(tally.Problems, "record")} skipped, see above");
        }
    }

    private sealed class ImportProgress(IProgressDisplay display) : IImportObserver
    {
        public void Begin(ImportFile file) => display.Describe(VisibleText.Line(Path.GetFileName(file.Path)));

        public void Read(long bytes) => display.Advance(bytes);

        public void Problem(ImportProblem problem) => display.WriteLine(problem.ToString());
    }
}
