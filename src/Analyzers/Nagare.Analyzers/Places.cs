using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>Where a finding about a symbol is shown: at what a person wrote.</summary>
internal static class Places
{
    public static Location Of(ISymbol symbol) =>
        symbol.Locations.FirstOrDefault(static location => location.SourceTree is { } tree && !GeneratedCode.Is(tree)) ?? symbol.Locations[0];

    /// <summary>Of a type's parts, the one that carries the attribute.</summary>
    public static Location Of(ISymbol symbol, AttributeData attribute)
    {
        var marked = attribute.ApplicationSyntaxReference?.SyntaxTree;
        return symbol.Locations.FirstOrDefault(location => location.SourceTree == marked) ?? Of(symbol);
    }

    /// <summary>The attribute itself, or where it cannot be found, what it stands on.</summary>
    public static Location Of(AttributeData attribute, ISymbol symbol, CancellationToken cancellationToken) =>
        attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken).GetLocation() ?? Of(symbol);
}
