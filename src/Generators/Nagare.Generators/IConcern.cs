using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>One concern of the generator: the way from marks to a kind of files.</summary>
internal interface IConcern
{
    /// <summary>Says what is written of what is marked.</summary>
    void Register(IncrementalGeneratorInitializationContext context, Marks marks);
}
