using Microsoft.Extensions.DependencyInjection;
using Nagare.Storage;

namespace Nagare.CommandLine;

/// <summary>The journal a verb works on, with everything that asks questions of it. Nothing is made before it is asked for.</summary>
internal sealed class OpenJournal : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private OpenJournal(string name, ServiceProvider services) => (Name, _services) = (name, services);

    /// <summary>What to call it: the path of its file, or its place on its server.</summary>
    public string Name { get; }

    public IServiceProvider Services => _services;

    public IJournal Journal => _services.GetRequiredService<IJournal>();

    /// <summary>The journal as it is stored, for what needs no event decoded.</summary>
    public IJournalStorage Storage => _services.GetRequiredService<IJournalStorage>();

    public EventModel Model => _services.GetRequiredService<EventModel>();

    public IExplanations Explanations => _services.GetRequiredService<IExplanations>();

    public INarrator Narrator => _services.GetRequiredService<INarrator>();

    public ILineage Lineage => _services.GetRequiredService<ILineage>();

    public IBisect Bisect => _services.GetRequiredService<IBisect>();

    public JournalExport Export => _services.GetRequiredService<JournalExport>();

    public JournalRestore Restore => _services.GetRequiredService<JournalRestore>();

    /// <summary>The aggregates that fold a family, in the order in which they were registered.</summary>
    public IReadOnlyList<AggregateInspector> Inspectors(string family) =>
        [.. _services.GetServices<AggregateInspector>().Where(inspector => inspector.Folds(family))];

    /// <summary>Opens a journal that must be there.</summary>
    /// <exception cref="CommandException">There is none, and none is made.</exception>
    public static OpenJournal Existing(VerbHost host, JournalChoice choice) => choice.Location.IsKnownToBeMissing
        ? throw new CommandException(ExitCode.NotFound, $"there is no database {choice.Name}; name one with --db, or make one with import or restore")
        : Open(host, choice, creates: false);

    /// <summary>Opens a journal, which is made by the first thing stored where it is missing.</summary>
    public static OpenJournal ExistingOrNew(VerbHost host, JournalChoice choice) => Open(host, choice, creates: true);

    /// <summary>The event at a position; null where its type is unknown and the application leaves such events out.</summary>
    public async ValueTask<Envelope?> EventAt(Position position, CancellationToken cancellationToken)
    {
        var scope = new JournalScope { After = position.Value - 1, Until = position };
        await foreach (var envelope in Journal.Read(scope, cancellationToken).ConfigureAwait(false))
        {
            return envelope;
        }

        return null;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static OpenJournal Open(VerbHost host, JournalChoice choice, bool creates)
    {
        var services = new ServiceCollection();
        services.AddSingleton(host.Options.TimeProvider);
        services.AddNagare(nagare =>
        {
            host.Options.AddModels(nagare);
            nagare.UseStorage(_ => choice.Location.CreateStorage(creates));
        });
        return new OpenJournal(choice.Name, services.BuildServiceProvider());
    }
}
