using System.Diagnostics;
using System.Globalization;

namespace Nagare.Torture;

/// <summary>A server of our own to be killed or harmed, started by <c>eng/databases</c> in a folder of its own: nobody else loses one.</summary>
public sealed class DatabaseServer : IAsyncDisposable
{
    private const int ExitCodeAbsent = 77;

    // Of a server that eng/databases cannot start anywhere, such as SQL Server.
    private const int ExitCodeUnknown = 2;

    private readonly string _name;
    private readonly string _state;
    private readonly bool _isOurs;
    private readonly string _arguments;

    private DatabaseServer(string name, string state, bool isOurs, string arguments, string connectionString) =>
        (_name, _state, _isOurs, _arguments, ConnectionString) = (name, state, isOurs, arguments, connectionString);

    /// <summary>As its owner.</summary>
    public string ConnectionString { get; }

    /// <summary>The process that the next <see cref="Lose"/> or <see cref="Kill"/> ends.</summary>
    public int ProcessId => int.Parse(
        File.ReadLines(Path.Combine(_state, _name + ".env")).Last(line => line.StartsWith("pid=", StringComparison.Ordinal)).AsSpan("pid=".Length),
        CultureInfo.InvariantCulture);

    /// <summary>Starts a server, or gives null where this machine has none.</summary>
    /// <param name="name">What <c>eng/databases</c> calls it.</param>
    /// <param name="folder">Where it keeps what it writes, an empty folder that its user can come to; null for one that goes with the server.</param>
    /// <param name="arguments">Further words for its command line.</param>
    public static async Task<DatabaseServer?> Start(string name, string? folder = null, string arguments = "")
    {
        var state = folder ?? Directory.CreateTempSubdirectory("nagare-").FullName;
        var (code, output) = await Run(state, "up", name, arguments);
        if (code == 0)
        {
            // It says export NAGARE_POSTGRES='…'.
            return new DatabaseServer(name, state, folder is null, arguments, output[(output.IndexOf('\'', StringComparison.Ordinal) + 1)..output.LastIndexOf('\'')]);
        }

        if (folder is null)
        {
            Directory.Delete(state, recursive: true);
        }

        return code is ExitCodeAbsent or ExitCodeUnknown ? null : throw new InvalidOperationException($"eng/databases up {name} ended with code {code}.");
    }

    /// <summary>Ends the server with all its processes, as where its machine is lost.</summary>
    public void Lose()
    {
        using var process = Process.GetProcessById(ProcessId);
        process.Kill(entireProcessTree: true);
    }

    /// <summary>Ends the server between two instructions, and starts it again on what it left.</summary>
    public async Task Kill()
    {
        using (var process = Process.GetProcessById(ProcessId))
        {
            process.Kill();
        }

        await Restart();
    }

    /// <summary>Whether the server has ended, by itself or by somebody else's doing.</summary>
    public bool HasEnded
    {
        get
        {
            try
            {
                using var process = Process.GetProcessById(ProcessId);
                return process.HasExited;
            }
            catch (ArgumentException)
            {
                return true;
            }
        }
    }

    /// <summary>Starts a server that has ended on what it left.</summary>
    public async Task Restart()
    {
        var (code, _) = await Run(_state, "restart", _name, _arguments);
        if (code != 0)
        {
            throw new InvalidOperationException($"eng/databases restart {_name} ended with code {code}.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Run(_state, "down", _name, _arguments);
        if (_isOurs && Directory.Exists(_state))
        {
            Directory.Delete(_state, recursive: true);
        }
    }

    private static async Task<(int Code, string Output)> Run(string state, string verb, string name, string arguments)
    {
        var start = new ProcessStartInfo(Checkout.File("eng", "databases")) { RedirectStandardOutput = true };
        start.ArgumentList.Add(verb);
        start.ArgumentList.Add(name);
        start.Environment["NAGARE_DATABASES_STATE"] = state;
        start.Environment["NAGARE_DATABASES_ARGUMENTS"] = arguments;
        using var process = Process.Start(start) ?? throw new InvalidOperationException("eng/databases could not be started.");
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
