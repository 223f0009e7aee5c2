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
}
