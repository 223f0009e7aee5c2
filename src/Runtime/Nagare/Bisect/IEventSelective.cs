namespace Nagare;

/// <summary>A rule that speaks about some events only and holds idly at all others.</summary>
/// <remarks>To hold idly is no recovery: only an event that the rule is about can contradict that it stays broken.</remarks>
internal interface IEventSelective
{
    bool IsAbout(object e);
}
