namespace Nagare;

/// <summary>
/// Many journals in one host, opened by name when they are asked for: one for each tenant. Positions, ids, streams, snapshots and everything else belong to one
/// journal, so that nothing said to one of them reaches another.
/// </summary>
public interface INamedJournals
{
    /// <summary>
    /// Opens a journal, or gives the open one. What is opened stays open as long as somebody holds it, and after that until it idles for long or another needs its place.
    /// Whether a journal that is not there yet is created is for the provider's options to say.
    /// </summary>
    /// <param name="name">Its name; see <see cref="JournalName"/>.</param>
    /// <param name="cancellationToken">Stops the waiting and the opening.</param>
    /// <returns>The journal, to be disposed when the caller is done with it: that lets go of it and closes nothing by itself.</returns>
    /// <exception cref="InvalidJournalNameException">The text is no name; nothing was opened or created.</exception>
    /// <exception cref="NamedJournalsExhaustedException">As many journals as may be open at once are in use, and stayed so.</exception>
    /// <exception cref="JournalException">The journal cannot be opened.</exception>
    ValueTask<NamedJournal> Open(string name, CancellationToken cancellationToken = default);
}
