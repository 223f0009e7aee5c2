namespace Nagare.Storage;

/// <summary>What a batch has to know of the journal before it can be planned.</summary>
/// <param name="Streams">Streams whose heads are asked for.</param>
/// <param name="Appends">Appends whose ids may have been stored before, and how many of their rows to read at most.</param>
public sealed record WriteQuestions(IReadOnlyList<string> Streams, IReadOnlyList<(Guid AppendId, int Limit)> Appends)
{
    /// <summary>Whether the transaction that begins is one of the client's own, in which a caller's code can take part.</summary>
    public bool IsShared { get; init; }

    /// <summary>Nothing but the head.</summary>
    public static WriteQuestions None { get; } = new([], []);
}

/// <summary>What a journal answers to <see cref="WriteQuestions"/>, all of it read after its head was locked.</summary>
/// <param name="Head">The head as it was committed last.</param>
/// <param name="StreamHeads">Where the streams stand; those that do not exist are left out.</param>
/// <param name="Appends">The stored rows of each append, in the order of the questions; see <see cref="WriteSession.ReadAppend"/>.</param>
public sealed record WriteAnswers(JournalHead Head, IReadOnlyDictionary<string, StreamHead> StreamHeads, IReadOnlyList<IReadOnlyList<StoredRow>> Appends);

/// <summary>What a plan took for granted that was made without asking the journal; see <see cref="WriteSession.StoreAtOnce"/>.</summary>
/// <param name="Head">The head that this writer left by a commit that it knows of.</param>
/// <param name="MissingStreams">Streams taken not to exist, but for those of which the plan stores the first event: its key says so when it is inserted.</param>
/// <param name="MissingEvents">Event ids taken not to be stored.</param>
public readonly record struct PlanAssumptions(JournalHead Head, IReadOnlyList<string> MissingStreams, IReadOnlyList<Guid> MissingEvents);
