using System;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>What stands between a mark and its parser from key to key.</summary>
internal interface IMemory
{
    /// <summary>The parser, or what answers in its place.</summary>
    Func<GeneratorAttributeSyntaxContext, CancellationToken, T?> Of<T>(Func<GeneratorAttributeSyntaxContext, CancellationToken, T?> parse)
        where T : class;
}

/// <summary>Remembers what each declaration was parsed to.</summary>
internal sealed class Memory : IMemory
{
    /// <inheritdoc/>
    public Func<GeneratorAttributeSyntaxContext, CancellationToken, T?> Of<T>(Func<GeneratorAttributeSyntaxContext, CancellationToken, T?> parse)
        where T : class => new Remembered<T>(parse).Parse;
}
