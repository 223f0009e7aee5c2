using System.Globalization;

namespace Nagare.Torture;

/// <summary>What a process said about its appends before it died.</summary>
internal sealed class CallHistory
{
    private readonly Dictionary<Guid, Call> _calls = [];

    public IReadOnlyCollection<Call> Calls => _calls.Values;

    /// <summary>What several processes said, as one history: their appends have ids of their own.</summary>
    public static CallHistory Join(IEnumerable<CallHistory> histories)
    {
        var joined = new CallHistory();
        foreach (var call in histories.SelectMany(history => history.Calls))
        {
            joined._calls.Add(call.Append.Id, call);
        }

        return joined;
    }

    /// <summary>Takes one line. The last may be torn by the kill; a line counts only once its end was read.</summary>
    public void Add(string line)
    {
        var words = line.Split(' ');
        switch (words)
        {
            case ["invoke", var id, var isIdGiven, var parts, var hash]:
                _calls.Add(Guid.Parse(id), new Call(TortureAppend.Parse(id, isIdGiven, parts), hash));
                break;
            case ["ok", var id, var position]:
                var call = _calls[Guid.Parse(id)];
                (call.Answer, call.FirstPosition) = (Answer.Acknowledged, long.Parse(position, CultureInfo.InvariantCulture));
                break;
            case ["fail", var id]:
                _calls[Guid.Parse(id)].Answer = Answer.Refused;
                break;
            case ["unknown", var id]:
                _calls[Guid.Parse(id)].Answer = Answer.Unknown;
                break;
            default:
                throw new FormatException($"The writing process said '{line}'.");
        }
    }

    /// <summary>One append and what its caller was told.</summary>
    internal sealed class Call(TortureAppend append, string payloadHash)
    {
        public TortureAppend Append { get; } = append;

        public string PayloadHash { get; } = payloadHash;

        /// <summary>Unknown until the caller was told; unknown for ever where the kill came first.</summary>
        public Answer Answer { get; set; } = Answer.Unknown;

        public long FirstPosition { get; set; }
    }

    internal enum Answer
    {
        Unknown,
        Acknowledged,
        Refused,
    }
}
