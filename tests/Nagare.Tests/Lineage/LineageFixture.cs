using Nagare.Tests.Forensics;

namespace Nagare.Tests.Lineage;

/// <summary>A recorded journal whose events name each other by letters, and the walk.</summary>
internal sealed class LineageFixture
{
    private readonly Dictionary<string, Envelope> _named = [];
    private Func<Envelope, Explanation> _explain = e => new Explanation(((ErrandEvent.Asked)e.Event).Wish);

    public RecordedJournal Journal { get; } = new(Errands.Model);

    public ILineage Lineage => new global::Nagare.Lineage(Journal, new Told(_explain));

    public Envelope this[string name] => _named[name];

    public void ExplainAs(Explanation explanation) => _explain = _ => explanation;

    /// <summary>Adds an event that the named ones caused: the first as parent, the rest further causes.</summary>
    public Envelope Add(string name, params string[] causes) => Add(name, "a", [.. causes.Select(cause => new CausationId(IdOf(cause)))]);

    public Envelope Add(string name, string stream, CausationId[] causes, EventMetadata? metadata = null) =>
        _named[name] = Journal.Add(
            Errand.Stream(stream),
            new ErrandEvent.Asked(name),
            (metadata ?? EventMetadata.None) with { CausationId = causes.Length == 0 ? default(CausationId?) : causes[0], FurtherCauses = [.. causes.Skip(1)] },
            IdOf(name));

    /// <summary>The id that an event of this name has or would have.</summary>
    public static Guid IdOf(string name) => new(name.Select((c, i) => c * (i + 1)).Sum(), 1, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, (byte)name[0]);

    public static string[] Names(IEnumerable<LineageNode> nodes) => [.. nodes.Select(node => ((ErrandEvent.Asked)node.Envelope.Event).Wish)];

    private sealed class Told(Func<Envelope, Explanation> explain) : IExplanations
    {
        public Explanation Explain(Envelope envelope) => explain(envelope);
    }
}
