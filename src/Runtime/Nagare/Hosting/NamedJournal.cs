using Microsoft.Extensions.DependencyInjection;

namespace Nagare;

/// <summary>One journal among many, with all that can be asked of a journal. Dispose it when done: others may need its place.</summary>
public sealed class NamedJournal : IAsyncDisposable
{
    private readonly IServiceProvider _services;
    private readonly Action _letGo;
    private int _isDisposed;

    internal NamedJournal(JournalName name, IServiceProvider services, Action letGo) => (Name, _services, _letGo) = (name, services, letGo);

    /// <summary>Its name.</summary>
    public JournalName Name { get; }

    /// <summary>Everything that <c>AddNagare</c> gives an application with a single journal, for this one. Do not dispose it.</summary>
    /// <exception cref="ObjectDisposedException">The caller has let go of the journal.</exception>
    public IServiceProvider Services
    {
        get
        {
            ObjectDisposedException.ThrowIf(_isDisposed != 0, this);
            return _services;
        }
    }

    /// <summary>Appends and reads.</summary>
    public IJournal Journal => Services.GetRequiredService<IJournal>();

    /// <summary>Searches.</summary>
    public IBisect Bisect => Services.GetRequiredService<IBisect>();

    /// <summary>Walks causes and effects.</summary>
    public ILineage Lineage => Services.GetRequiredService<ILineage>();

    /// <summary>Tells runs in plain words.</summary>
    public INarrator Narrator => Services.GetRequiredService<INarrator>();

    /// <summary>Writes the journal out.</summary>
    public JournalExport Export => Services.GetRequiredService<JournalExport>();

    /// <summary>Fills the journal, while it is empty, from an export.</summary>
    public JournalRestore Restore => Services.GetRequiredService<JournalRestore>();

    /// <summary>Loads and changes aggregates of one type.</summary>
    /// <typeparam name="TAggregate">The aggregate, of a model that was added.</typeparam>
    public IAggregateRepository<TAggregate> Repository<TAggregate>()
        where TAggregate : IAggregate<TAggregate> => Services.GetRequiredService<IAggregateRepository<TAggregate>>();

    /// <summary>Lets go of the journal. A second time does nothing.</summary>
    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            _letGo();
        }

        return ValueTask.CompletedTask;
    }
}
