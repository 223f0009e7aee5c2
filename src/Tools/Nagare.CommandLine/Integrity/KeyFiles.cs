namespace Nagare.CommandLine;

/// <summary>Files of keys and checkpoints, as verbs read and write them.</summary>
internal static class KeyFiles
{
    // A checkpoint with the signatures of many witnesses is far below this.
    private const int MaxBytes = 256 * 1024;

    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Reads a verifier key; the secret file of a key gives its public half.</summary>
    public static async ValueTask<VerifierKey> ReadPublic(string file, CancellationToken cancellationToken)
    {
        var text = await ReadText(file, cancellationToken).ConfigureAwait(false);
        if (!text.TrimStart().StartsWith("PRIVATE+KEY+", StringComparison.Ordinal))
        {
            return Read(file, text, VerifierKey.Parse);
        }

        using var secret = Read(file, text, CheckpointKey.Parse);
        return secret.Key;
    }

    /// <summary>Reads a key that signs. One that others may read is refused: it may be theirs by now.</summary>
    public static async ValueTask<CheckpointKey> ReadSecret(string file, CancellationToken cancellationToken)
    {
        var text = await ReadText(file, cancellationToken).ConfigureAwait(false);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & ~OnlyOwner & ~UnixFileMode.UserExecute) != UnixFileMode.None)
        {
            throw new CommandException(ExitCode.Usage, $"others may read the key in {file}; keep it to its owner (chmod 600 {file}), and make a new one if they did");
        }

        return Read(file, text, CheckpointKey.Parse);
    }

    /// <summary>Makes a key: the secret in the file, which its owner alone may read, the public half beside it.</summary>
    public static async ValueTask<string> Generate(string file, string name, CancellationToken cancellationToken)
    {
        CheckpointKey key;
        try
        {
            key = CheckpointKey.Generate(name);
        }
        catch (ArgumentException breach)
        {
            throw new CommandException(ExitCode.Usage, breach.Message);
        }

        using (key)
        {
            var publicFile = file + ".pub";
            if (File.Exists(file) || File.Exists(publicFile))
            {
                throw new CommandException(ExitCode.Usage, $"{file} or {publicFile} is there already; a key is never overwritten. Name another file");
            }

            await WriteNew(file, key.ToSecretText() + "\n", OnlyOwner, cancellationToken).ConfigureAwait(false);
            await WriteNew(publicFile, key.Key + "\n", OnlyOwner | UnixFileMode.GroupRead | UnixFileMode.OtherRead, cancellationToken).ConfigureAwait(false);
            return publicFile;
        }
    }

    public static async ValueTask<SignedCheckpoint> ReadCheckpoint(string file, CancellationToken cancellationToken) =>
        Read(file, await ReadText(file, cancellationToken).ConfigureAwait(false), SignedCheckpoint.Parse);

    private static async ValueTask<string> ReadText(string file, CancellationToken cancellationToken)
    {
        var length = File.Exists(file) ? new FileInfo(file).Length : throw new CommandException(ExitCode.NotFound, $"there is no file {file}");
        return length <= MaxBytes
            ? await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false)
            : throw new CommandException(ExitCode.Usage, $"{file} has {length} bytes; a key or a checkpoint has at most {MaxBytes}");
    }

    private static T Read<T>(string file, string text, Func<string, T> parse)
    {
        try
        {
            return parse(text);
        }
        catch (FormatException problem)
        {
            throw new CommandException(ExitCode.Usage, $"{file}: {problem.Message}");
        }
    }

    private static async ValueTask WriteNew(string file, string text, UnixFileMode mode, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }

        var target = new StreamWriter(file, options);
        await using (target.ConfigureAwait(false))
        {
            await target.WriteAsync(text.AsMemory(), cancellationToken).ConfigureAwait(false);
        }
    }
}
