using Nagare.Storage;

namespace Nagare.CommandLine;

/// <summary>What an application brings to the verbs: its models, its importers, its story, its name.</summary>
public sealed class CommandLineOptions
{
    /// <summary>Adds the application's models to the host that a verb opens a journal with: <c>nagare => nagare.AddModel&lt;AgentRunModel&gt;()</c>. The database is the verbs' business.</summary>
    public required Action<NagareBuilder> AddModels { get; init; }

    /// <summary>The application's name, as a user types it; it stands in help, in examples and before every error. Unless said, the name of the executable.</summary>
    public string Name { get; init; } = Path.GetFileNameWithoutExtension(Environment.ProcessPath) ?? "nagare";

    /// <summary>What the application is, in one sentence, for <c>--help</c>.</summary>
    public string Description { get; init; } = "Asks an event journal what happened, and why.";

    /// <summary>The application's version, for <c>--version</c>; null for that of the executable's assembly, without what a build appends to it after a plus sign.</summary>
    public string? Version { get; init; }

    /// <summary>The formats that <c>import</c> reads; <c>--format auto</c> asks them in this order. Without any there is no verb <c>import</c>.</summary>
    public IReadOnlyList<IRunImporter> Importers { get; init; } = [];

    /// <summary>Writes an imported run back in the format it came from, which gives <c>runs show</c> the format <c>source</c>. Null, and there is no such format.</summary>
    public RunSourceWriter? SourceWriter { get; init; }

    /// <summary>
    /// The kinds of database that <c>--db</c> and the variables <c>NAGARE_…</c> may name, such as <c>postgres:Host=…</c>; the first one is meant
    /// where no kind is said. SQLite alone unless set: a program that carries other clients says so.
    /// </summary>
    public IReadOnlyList<JournalProvider> Databases { get; init; } = [new SqliteProvider()];

    /// <summary>The database where neither <c>--db</c> nor a variable names one: a file in the current folder. Empty for none.</summary>
    public string DefaultDatabase { get; init; } = "nagare.db";

    /// <summary>The category that an id without one means where several have it; null, and such an id is refused with the candidates.</summary>
    public string? MainCategory { get; init; }

    /// <summary>What the application does without arguments; it returns an exit code (see <see cref="ExitCode"/>). Null shows the help.</summary>
    public Func<CommandConsole, CancellationToken, Task<int>>? WithoutArguments { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The streams, the terminal and the environment; null for those of the process.</summary>
    public CommandConsole? Console { get; init; }

    /// <summary>The bounds of an import.</summary>
    internal ImportLimits ImportLimits { get; init; } = ImportLimits.Default;
}
