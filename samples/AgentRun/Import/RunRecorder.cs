using System.Security.Cryptography;
using System.Text;
using Nagare;

namespace AgentRuns;

/// <summary>
/// Collects a run's events in order and says what led to each: a call comes from the turn that made it, a result from its call, a
/// turn from everything that was put before the model since its last one.
/// </summary>
internal sealed class RunRecorder(string format, string id)
{
    /// <summary>Longest actor in characters; three bytes of UTF-8 each stay below the journal's bound for ids.</summary>
    private const int MaxActorCharacters = 80;

    /// <summary>Longest name of a run within a stream id, in characters of ASCII.</summary>
    private const int MaxNameCharacters = 170;

    private const int MarkCharacters = 8;

    /// <summary>Most causes of one turn: an immediate parent and as many more as the journal takes. A longer list keeps the newest.</summary>
    private const int MaxCauses = JournalLimits.MaxFurtherCauses + 1;

    private readonly List<NewEvent> _events = [];
    private readonly List<int> _unread = [];
    private readonly Dictionary<string, int> _callPlaces = new(StringComparer.Ordinal);
    private int? _turn;
    private int? _lastCall;
    private string _model = "model";

    public StreamId Stream { get; } = StreamIdOf(format, id);

    /// <summary>On whose behalf the run is, or null.</summary>
    public string? Subject { get; set; }

    /// <summary>The stream of a run, made of what the record itself says, so that the same record always gives the same stream.</summary>
    public static StreamId StreamIdOf(string format, string id)
    {
        var clean = Clean(id, MaxNameCharacters);

        // Two names that differ only in what was cleaned away are two runs.
        var mark = clean == id ? "" : $"-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))[..MarkCharacters]}";
        return new("agent-run", $"{format}-{clean}{mark}");
    }

    public void Started(AgentRunEvent.Started e)
    {
        _model = e.Model is null ? "model" : $"model:{Clean(e.Model, MaxActorCharacters)}";
        Add(e, "harness", null);
    }

    /// <summary>The instructions: a consequence of how the run was set up.</summary>
    public void Instructed(AgentRunEvent.Instructed e) => _unread.Add(Add(e, "harness", null, 0));

    /// <summary>The user's words: nothing in the run causes the first ones, later ones answer the model.</summary>
    public void UserSaid(AgentRunEvent.UserSaid e, DateTimeOffset? at = null) =>
        _unread.Add(_turn is { } turn ? Add(e, "user", at, turn) : Add(e, "user", at));

    public void Noted(AgentRunEvent.Noted e, DateTimeOffset? at = null) => _unread.Add(Add(e, "harness", at, _events.Count - 1));

    public void Replied(AgentRunEvent.ModelReplied e, DateTimeOffset? at = null)
    {
        // The newest comes first: it is what the turn answers, and becomes the immediate parent.
        var causes = Enumerable.Reverse(_unread).Take(MaxCauses).ToArray();
        _turn = Add(e, _model, at, causes.Length == 0 ? [_events.Count - 1] : causes);
        _unread.Clear();
    }

    public void Called(AgentRunEvent.ToolCalled e, DateTimeOffset? at = null)
    {
        _lastCall = Add(e, _model, at, _turn ?? 0);
        if (e.CallId is { } id)
        {
            _callPlaces[id] = _lastCall.Value;
        }
    }

    /// <summary>What a tool gave back. Providers use one call id twice in a run: the latest call of that id is meant.</summary>
    public void Answered(AgentRunEvent e, string? callId, string tool, DateTimeOffset? at = null)
    {
        var cause = callId is not null && _callPlaces.TryGetValue(callId, out var place) ? place : _lastCall ?? _turn ?? 0;
        _unread.Add(Add(e, $"tool:{Clean(tool, MaxActorCharacters)}", at, cause));
    }

    public void Ended(AgentRunEvent.Ended e, DateTimeOffset? at = null) => Add(e, "harness", at, _events.Count - 1);

    public void Graded(AgentRunEvent.Graded e) => Add(e, "harness", null, _events.Count - 1);

    /// <summary>The whole run as one append: stored as a whole or not at all.</summary>
    public AppendRequest ToAppend() => new()
    {
        Streams = [new StreamAppend(Stream, ExpectedVersion.NoStream, _events)],
        Metadata = new EventMetadata { CorrelationId = Stream.ToString(), Subject = Subject is null ? null : Clean(Subject, MaxActorCharacters) },
    };

    private int Add(AgentRunEvent e, string actor, DateTimeOffset? at, params int[] causes)
    {
        _events.Add(new NewEvent(e, new EventMetadata { Actor = actor, OccurredAt = at }, causes.Length == 0 ? null : causes));
        return _events.Count - 1;
    }

    // Names come from the data and become ids: letters, digits and a few signs stay, whatever else there is becomes a hyphen.
    private static string Clean(string name, int maxCharacters)
    {
        var clean = new StringBuilder(Math.Min(name.Length, maxCharacters));
        foreach (var c in name.AsSpan(0, Math.Min(name.Length, maxCharacters)))
        {
            clean.Append(char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '/' or ':' or '-' ? c : '-');
        }

        return clean.Length == 0 ? "unnamed" : clean.ToString();
    }
}
