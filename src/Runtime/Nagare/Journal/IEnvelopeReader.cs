using Nagare.Storage;

namespace Nagare;

/// <summary>The journal by its indexes rather than by scope: what the forensic tools need to ask by version, by cause and by id.</summary>
internal interface IEnvelopeReader
{
    /// <summary>
    /// Reads one path to its end, or as far as the query's bounds and limit say (<see cref="int.MaxValue"/> for no limit), a page at a
    /// time. Events are decoded as <see cref="IJournal.Read(JournalScope, CancellationToken)"/> decodes them, unknown ones by the same policy.
    /// </summary>
    IAsyncEnumerable<Envelope> Read(StoredQuery query, CancellationToken cancellationToken);

    /// <summary>The same with every event that is stored: those that <see cref="Read"/> leaves out hold a <see cref="LeftOutEvent"/>.</summary>
    IAsyncEnumerable<Envelope> ReadStored(StoredQuery query, CancellationToken cancellationToken);
}
