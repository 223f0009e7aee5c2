namespace Nagare;

/// <summary>What a search has found out about one rule so far.</summary>
internal sealed class RuleWatch(IBisectInvariant rule)
{
    private Violation? _first;
    private Envelope? _contradiction;
    private long _probes;

    /// <summary>Whether a rule that is declared to stay broken is asked on after it broke, to see whether it does.</summary>
    public bool IsDeclarationChecked { get; init; }

    /// <summary>Whether nothing that follows can change the answer.</summary>
    public bool IsFinished => _first is not null && !(IsDeclarationChecked && rule.Monotone && _contradiction is null);

    public BisectResult Result => new()
    {
        Rule = rule,
        First = _first,
        Probes = _probes,
        ModeUsed = BisectMode.FirstViolation,
        Certainty = BisectCertainty.Proven,
        Contradiction = _contradiction,
    };

    public async ValueTask Look(BisectPass pass, Envelope latest)
    {
        if (_first is not null && (_first.Event.StreamId != latest.StreamId || rule is IEventSelective selective && !selective.IsAbout(latest.Event)))
        {
            return;
        }

        _probes++;
        var result = await pass.Ask(rule, latest).ConfigureAwait(false);
        if (_first is not null)
        {
            _contradiction = result.IsHeld ? latest : null;
        }
        else if (result.Message is { } message)
        {
            _first = await pass.Violation(rule, latest, message).ConfigureAwait(false);
        }
    }
}
