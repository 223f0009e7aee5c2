namespace Nagare.Packages;

/// <summary>
/// A folder outside the checkout as a user has it: a nuget.config that takes Nagare from the feed and nothing else from there, a folder of packages and a home of its
/// own. What others publish comes from this machine's own packages where they are, so that the network is asked only for what is missing.
/// </summary>
internal sealed class Workplace : IDisposable
{
    private readonly Dictionary<string, string> _environment;

    public Workplace(Feed feed)
    {
        Assert.SkipWhen(feed.Missing is not null, feed.Missing ?? "");
        Folder = Directory.CreateTempSubdirectory("nagare-packages-").FullName;
        _environment = new()
        {
            ["NUGET_PACKAGES"] = Path.Combine(Folder, ".packages"),
            ["DOTNET_CLI_HOME"] = Path.Combine(Folder, ".home"),
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            ["DOTNET_NOLOGO"] = "1",
            ["DOTNET_SKIP_FIRST_TIME_EXPERIENCE"] = "1",
            ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
            ["MSBUILDDISABLENODEREUSE"] = "1",
            ["MSBUILDTERMINALLOGGER"] = "off",
        };
        var machine = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        Directory.CreateDirectory(machine);
        Write("nuget.config", $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="nagare" value="{feed.Folder}" />
                <add key="here" value="{Folder}" />
                <add key="machine" value="{machine}" />
                <add key="nuget.org" value="https://api.nuget.org/v3/index.json" />
              </packageSources>
              <packageSourceMapping>
                <packageSource key="nagare"><package pattern="Nagare" /><package pattern="Nagare.*" /></packageSource>
                <packageSource key="here"><package pattern="Contoso.*" /></packageSource>
                <packageSource key="machine"><package pattern="*" /></packageSource>
                <packageSource key="nuget.org"><package pattern="*" /></packageSource>
              </packageSourceMapping>
              <auditSources><clear /></auditSources>
            </configuration>
            """);
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>Writes a file, and the folders that it lies in.</summary>
    public void Write(string path, string text)
    {
        var file = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    /// <summary>Replaces a text that is there once.</summary>
    public void Edit(string path, string before, string after)
    {
        var text = File.ReadAllText(Path.Combine(Folder, path));
        Assert.Equal(2, text.Split(before).Length);
        Write(path, text.Replace(before, after, StringComparison.Ordinal));
    }

    /// <summary>Runs <c>dotnet</c> in a folder of this one.</summary>
    public Task<Tool.Outcome> Dotnet(string folder, params IEnumerable<string> arguments) => Run(folder, "dotnet", arguments);

    /// <summary>Runs a program in a folder of this one.</summary>
    public Task<Tool.Outcome> Run(string folder, string program, IEnumerable<string> arguments, string input = "") =>
        Tool.Run(Path.Combine(Folder, folder), _environment, program, arguments, input);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
