using System.Collections.Concurrent;
using Nagare.Testing;

namespace Nagare;

/// <summary>Keeps a journal in memory, for tests.</summary>
public static class InMemoryBuilderExtensions
{
    /// <summary>Keeps the journal in memory, empty at start and gone with the container.</summary>
    public static NagareBuilder UseInMemory(this NagareBuilder nagare) => nagare.UseInMemory(new InMemoryJournal());

    /// <summary>Keeps the journal in a memory of the test's own, which a second container can go on from, as after a restart.</summary>
    public static NagareBuilder UseInMemory(this NagareBuilder nagare, InMemoryJournal journal)
    {
        ArgumentNullException.ThrowIfNull(nagare);
        ArgumentNullException.ThrowIfNull(journal);
        return nagare.UseStorage(_ => new InMemoryStorage(journal));
    }

    /// <summary>Keeps named journals in memory, each under its name: what a test looks into, and finds again when a journal is opened anew.</summary>
    /// <param name="builder">What <c>AddNamedJournals</c> configures.</param>
    /// <param name="journals">The journals.</param>
    public static NagareBuilder UseInMemoryJournals(this NagareBuilder builder, ConcurrentDictionary<string, InMemoryJournal> journals)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(journals);
        return builder.UseNamedStorage((_, name) => new InMemoryStorage(journals.GetOrAdd(name.ToString(), static _ => new InMemoryJournal())));
    }
}
