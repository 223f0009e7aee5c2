using System.Text.Json;

namespace Nagare.CommandLine;

/// <summary>Imports files: each record becomes a run, each run one append. A run is stored whole or not at all, whatever ends the import.</summary>
/// <param name="journal">Where the runs go.</param>
/// <param name="importers">Those that may read a file, the likelier first.</param>
/// <param name="limits">The bounds of reading.</param>
/// <param name="observer">Hears of files, bytes and problems.</param>
/// <param name="tally">Counts what was done; right also after an import that did not end well.</param>
internal sealed class RunImport(IJournal journal, IReadOnlyList<IRunImporter> importers, ImportLimits limits, IImportObserver observer, ImportTally tally)
{
    private readonly Queue<PendingRun> _inFlight = new();

    /// <summary>Imports the files in order.</summary>
    /// <param name="files">The files.</param>
    /// <param name="certain">The importer of every file, whatever they look like; null finds out for each.</param>
    /// <param name="cancellationToken">Stops reading; what was read is still stored.</param>
    public async Task Import(IReadOnlyList<ImportFile> files, IRunImporter? certain, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var file in files)
            {
                await Import(file, certain, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await SettleAll().ConfigureAwait(false);
        }
    }

    private async Task Import(ImportFile file, IRunImporter? importer, CancellationToken cancellationToken)
    {
        observer.Begin(file);
        tally.Files++;
        var held = new List<RecordOrProblem>();
        var heldBytes = 0L;
        try
        {
            var stream = file.Open(limits, observer.Read);
            await using var opened = stream.ConfigureAwait(false);
            await foreach (var item in new RecordReader(stream, file.Path, file.IsJsonLinesByName, limits).Read(cancellationToken).ConfigureAwait(false))
            {
                // Asked here too: a file that lies in a buffer is read without ever waiting.
                cancellationToken.ThrowIfCancellationRequested();
                importer ??= item.Record is { } record ? importers.FirstOrDefault(candidate => candidate.CanRead(record)) : null;
                held.Add(item);
                if (importer is null)
                {
                    // Malformed, or of another kind: which of the two shows when the format is known.
                    heldBytes += item.Record?.Json.Length ?? 0;
                    if (held.Count >= limits.MaxProbedRecords || heldBytes > limits.MaxRecordBytes)
                    {
                        break;
                    }

                    continue;
                }

                foreach (var known in held)
                {
                    await Import(known, importer).ConfigureAwait(false);
                }

                held.Clear();
            }
        }
        catch (ExpansionException e)
        {
            Report(new ImportProblem(file.Path, 0, e.Message));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Report(new ImportProblem(file.Path, 0, $"it cannot be read: {e.Message}"));
        }

        if (importer is null)
        {
            tally.UnknownFiles.Add(file.Path);
        }
    }

    private async ValueTask Import(RecordOrProblem item, IRunImporter importer)
    {
        if (item.Record is not { } record)
        {
            Report(item.Problem!);
            return;
        }

        try
        {
            var run = Read(record, importer);
            // Not cancelled from outside: what was read is stored, so that the tally is true and no outcome is unknown.
            _inFlight.Enqueue(new PendingRun(record, journal.Append(run, CancellationToken.None).AsTask()));
        }
        catch (Exception e) when (Reason(e) is { } reason)
        {
            Report(new ImportProblem(record.File, record.Line, reason));
        }

        if (_inFlight.Count >= limits.MaxRunsInFlight)
        {
            await Settle(_inFlight.Dequeue()).ConfigureAwait(false);
        }
    }

    private static AppendRequest Read(ImportRecord record, IRunImporter importer)
    {
        try
        {
            var run = importer.Read(record);
            return run.AppendId is null ? run with { AppendId = ImportAppendId.For(run) } : run;
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException or ArgumentException or FormatException or OverflowException)
        {
            // What System.Text.Json's own types throw where a record has another shape than its reader thought.
            throw new MalformedRecordException($"it is not as {importer.Format} should be: {e.Message.TrimEnd('.')}", e);
        }
    }

    private async Task SettleAll()
    {
        while (_inFlight.TryDequeue(out var run))
        {
            await Settle(run).ConfigureAwait(false);
        }
    }

    private async Task Settle(PendingRun run)
    {
        try
        {
            var result = await run.Append.ConfigureAwait(false);
            if (result.WasStoredBefore)
            {
                tally.RunsThereBefore++;
            }
            else
            {
                tally.Runs++;
                tally.Events += result.EventCount;
            }
        }
        catch (Exception e) when (Reason(e) is { } reason)
        {
            Report(new ImportProblem(run.Record.File, run.Record.Line, reason));
        }
    }

    private void Report(ImportProblem problem)
    {
        tally.Problems++;
        observer.Problem(problem);
    }

    // What is wrong with the record; null where something else is wrong, which ends the import.
    private static string? Reason(Exception e) => e switch
    {
        MalformedRecordException => e.Message,
        JsonException json => MalformedJson.Reason(json),
        AppendIdReusedException reused => $"a run of this name is there already, with other events: {reused.Difference}",
        WrongExpectedVersionException there => $"{there.StreamId} is there already, at version {there.Actual}",
        EventFormatException or PayloadTooLargeException or InvalidStreamIdException or InvalidIdException => e.Message.TrimEnd('.'),
        _ => null,
    };

    private readonly record struct PendingRun(ImportRecord Record, Task<AppendResult> Append);
}

/// <summary>Hears of an import as it goes.</summary>
internal interface IImportObserver
{
    /// <summary>A file is begun.</summary>
    void Begin(ImportFile file);

    /// <summary>So many more bytes of the current file, as it lies on disk, were read.</summary>
    void Read(long bytes);

    /// <summary>Something was skipped.</summary>
    void Problem(ImportProblem problem);
}

/// <summary>What an import did.</summary>
internal sealed class ImportTally
{
    /// <summary>Files begun.</summary>
    public int Files { get; set; }

    /// <summary>Runs stored.</summary>
    public long Runs { get; set; }

    /// <summary>Events stored.</summary>
    public long Events { get; set; }

    /// <summary>Runs that an earlier import had stored already.</summary>
    public long RunsThereBefore { get; set; }

    /// <summary>Records skipped, and files that could not be read to their end.</summary>
    public long Problems { get; set; }

    /// <summary>Files in which no importer knew anything.</summary>
    public List<string> UnknownFiles { get; } = [];
}
