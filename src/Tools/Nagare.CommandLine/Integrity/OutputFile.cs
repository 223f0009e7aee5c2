namespace Nagare.CommandLine;

/// <summary>A file that is complete or not there: written under another name until it is done.</summary>
internal static class OutputFile
{
    public static async ValueTask Write(string file, bool overwrite, Func<Stream, ValueTask> write)
    {
        if (!overwrite && File.Exists(file))
        {
            throw new CommandException(ExitCode.Usage, $"{file} is there already; --overwrite replaces it");
        }

        var unfinished = $"{file}.{Guid.NewGuid():N}.unfinished";
        try
        {
            var target = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 64 * 1024);
            await using (target.ConfigureAwait(false))
            {
                await write(target).ConfigureAwait(false);
                target.Flush(flushToDisk: true);
            }

            File.Move(unfinished, file, overwrite);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
