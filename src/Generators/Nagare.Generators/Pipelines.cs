using System;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>Steps that pipelines begin with.</summary>
internal static class Pipelines
{
    /// <summary>What a parser made something of.</summary>
    public static IncrementalValuesProvider<T> WhereNotNull<T>(this IncrementalValuesProvider<T?> values)
        where T : class => values.Where(static value => value is not null)!;

    /// <summary>What a parser makes of each declaration with the mark, parsed again only where an edit concerns it.</summary>
    public static IncrementalValuesProvider<T> ForMark<T>(
        this IncrementalGeneratorInitializationContext context,
        IMemory memory,
        string attribute,
        Func<SyntaxNode, CancellationToken, bool> isCandidate,
        Func<GeneratorAttributeSyntaxContext, CancellationToken, T?> parse)
        where T : class =>
        context.SyntaxProvider.ForAttributeWithMetadataName(attribute, isCandidate, memory.Of(parse)).WhereNotNull();
}
