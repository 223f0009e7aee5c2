using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>Why an event has no codec. It holds a symbol and is for analyzers only: models keep the sentence.</summary>
internal sealed class ShapeProblem(IPropertySymbol? member, string sentence)
{
    /// <summary>The event's member that leads there, or null where it is the event itself.</summary>
    public IPropertySymbol? Member => member;

    /// <summary>A sentence about the type or one of its members.</summary>
    public string Sentence => sentence;
}
