using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Nagare.Storage;

namespace Nagare.CommandLine.Tests;

/// <summary>A folder and a prompt: runs verbs in this process, as a user would in a folder of his own.</summary>
public sealed class Shell : IDisposable
{
    /// <summary>Three trips: one fine, one dear, one with a failing tool.</summary>
    public const string Trips = """
        {"trip": "kyoto", "at": "2026-03-01T10:00:00Z", "by": "mail-17", "steps": [["asked", "To Kyoto, please"], ["called", "search", "Kyoto"], ["spent", 1.5], ["answered", "The train leaves at nine"]]}
        {"trip": "oslo", "at": "2026-03-02T10:00:00Z", "steps": [["asked", "Oslo"], ["spent", 8], ["spent", 7.25], ["answered", ""]]}
        {"trip": "lima", "steps": [["asked", "Lima"], ["called", "search", "Lima"], ["failed", "search", "no route"], ["answered", "Sorry"]]}

        """;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public Shell()
    {
        Folder = Directory.CreateTempSubdirectory("nagare-cli-").FullName;
        Database = Path.Combine(Folder, "trips.db");
    }

    public string Folder { get; }

    public string Database { get; }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 4, 1, 12, 0, 0, TimeSpan.Zero));

    public Dictionary<string, string> Variables { get; } = [];

    public byte[] Input { get; set; } = [];

    public bool IsTerminal { get; set; }

    public Stream? Output { get; set; }

    public IReadOnlyList<IRunImporter> Importers { get; set; } = [new TripImporter(), new AuditImporter()];

    public Func<CommandConsole, CancellationToken, Task<int>>? Story { get; set; }

    public string? MainCategory { get; set; }

    /// <summary>The application's version.</summary>
    public string? Version { get; set; }

    /// <summary>The application's models.</summary>
    public Action<NagareBuilder> AddModels { get; set; } = nagare => nagare.AddModel<TripModel>();

    public RunSourceWriter? SourceWriter { get; set; }

    public IReadOnlyList<JournalProvider> Databases { get; set; } = [new SqliteProvider()];

    internal ImportLimits Limits { get; set; } = ImportLimits.Default;

    /// <summary>A shell whose journal holds <see cref="Trips"/>.</summary>
    public static async Task<Shell> WithTrips()
    {
        var shell = new Shell();
        var outcome = await shell.Run("import", shell.Write("trips.jsonl", Trips));
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        return shell;
    }

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    public Task<Outcome> Run(params string[] args) => Run(args, CancellationToken.None);

    public async Task<Outcome> Run(string[] args, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        using var input = new MemoryStream(Input);
        var exitCode = await NagareCommandLine.Run(
            args,
            new CommandLineOptions
            {
                Version = Version,
                Name = "trips",
                Description = "Trips, planned by an agent.",
                AddModels = AddModels,
                Importers = Importers,
                DefaultDatabase = Database,
                MainCategory = MainCategory,
                SourceWriter = SourceWriter,
                WithoutArguments = Story,
                TimeProvider = Clock,
                Databases = Databases,
                ImportLimits = Limits,
                Console = new CommandConsole
                {
                    Input = input,
                    Output = Output ?? output,
                    Error = error,
                    IsOutputTerminal = IsTerminal,
                    IsErrorTerminal = IsTerminal,
                    Width = 80,
                    Variable = name => Variables.GetValueOrDefault(name),
                },
            },
            cancellationToken);
        return new Outcome(exitCode, Clean(output), Clean(error), output.ToArray());
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }

    // Invalid UTF-8 would be a fault of its own. The folder is another one each time; a user would see his own.
    private string Clean(MemoryStream stream) => Strict.GetString(stream.ToArray()).Replace(Folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal).Replace(Folder, ".", StringComparison.Ordinal);
}

/// <summary>What a verb answered.</summary>
public sealed record Outcome(int ExitCode, string Out, string Error, byte[] Bytes)
{
    /// <summary>Asserts one line on standard error, nothing on standard output, and gives the line.</summary>
    public string Refused(int exitCode)
    {
        Assert.Equal("", Out);
        var line = Assert.Single(Error.TrimEnd('\n').Split('\n'));
        Assert.Equal(exitCode, ExitCode);
        Assert.EndsWith("\n", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        return line;
    }

    /// <summary>Asserts silence on standard error, and gives standard output.</summary>
    public string Done(int exitCode = 0)
    {
        Assert.Equal("", Error);
        Assert.Equal(exitCode, ExitCode);
        return Out;
    }
}
