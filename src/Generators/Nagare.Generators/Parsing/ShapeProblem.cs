using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>Why an event, or a state, has no codec. It holds a symbol and is for analyzers only: models keep the sentence.</summary>
internal sealed class ShapeProblem(ISymbol? member, string sentence)
{
    /// <summary>The member of the event, or of the state, that leads there, or null where it is the type itself.</summary>
    public ISymbol? Member => member;

    /// <summary>A sentence about the type or one of its members.</summary>
    public string Sentence => sentence;
}
