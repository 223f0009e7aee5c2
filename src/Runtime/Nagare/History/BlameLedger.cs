using System.Text.Json;

namespace Nagare;

/// <summary>Keeps for each field of a state the event that set it last.</summary>
internal sealed class BlameLedger
{
    private readonly Dictionary<string, Envelope> _setBy = [];

    /// <summary>Notes what an event changed.</summary>
    public void Note(JsonElement before, JsonElement after, Envelope by) => StateComparison.Compare("", before, after, (path, was, now) =>
    {
        if (was is { } gone)
        {
            StateComparison.Fields(path, gone, (field, _) => _setBy.Remove(field));
        }

        if (now is { } set)
        {
            StateComparison.Fields(path, set, (field, _) => _setBy[field] = by);
        }
    });

    /// <summary>The fields of a state with who set them. A field that still has the value it began with was set by no event and is left out.</summary>
    public IReadOnlyList<Blame> Read(JsonElement state, IExplanations explanations)
    {
        var blames = new List<Blame>();
        StateComparison.Fields("", state, (path, value) =>
        {
            if (_setBy.TryGetValue(path, out var by))
            {
                blames.Add(new Blame(path, value.GetRawText(), by, explanations.Explain(by)));
            }
        });
        return blames;
    }
}
