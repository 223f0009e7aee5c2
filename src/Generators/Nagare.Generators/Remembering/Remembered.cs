using System;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>What a parser made of each declaration, kept from key to key until an edit concerns the declaration.</summary>
/// <remarks>
/// Roslyn runs the transform of every marked declaration again at each key, because any edit may change what a name means. Most do not, and
/// <see cref="Surroundings"/> knows which. The results die with the declarations' files, and none holds a compilation.
/// </remarks>
internal sealed class Remembered<T>(Func<GeneratorAttributeSyntaxContext, CancellationToken, T?> parse)
    where T : class
{
    // One weak entry a file, not one a declaration: the garbage collector visits each.
    private readonly ConditionalWeakTable<SyntaxTree, ConcurrentDictionary<SyntaxNode, Slot>> _slots = new();

    public T? Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        var now = Surroundings.Of(context.SemanticModel.Compilation);
        var slot = _slots.GetValue(context.TargetNode.SyntaxTree, static _ => new ConcurrentDictionary<SyntaxNode, Slot>()).GetOrAdd(context.TargetNode, static _ => new Slot());
        var latest = slot.Latest;
        var result = latest is not null && !now.Concern(context.TargetNode.SyntaxTree, latest.Surroundings)
            ? latest.Result
            : parse(context, cancellationToken);
        if (latest?.Surroundings != now)
        {
            slot.Latest = new Parsed(now, result);
        }

        return result;
    }

    // Two compilations may be generated for at once; each reads and replaces the whole of it.
    private sealed class Slot
    {
        public volatile Parsed? Latest;
    }

    private sealed class Parsed(Surroundings surroundings, T? result)
    {
        public Surroundings Surroundings { get; } = surroundings;

        public T? Result { get; } = result;
    }
}
