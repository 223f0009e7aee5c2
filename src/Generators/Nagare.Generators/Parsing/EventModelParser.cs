using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nagare.Generators;

/// <summary>A class marked <c>[EventModel]</c> → its <see cref="TypeModel"/>.</summary>
internal static class EventModelParser
{
    public static bool IsCandidate(SyntaxNode node, CancellationToken cancellationToken) => node is ClassDeclarationSyntax or RecordDeclarationSyntax;

    public static TypeModel? Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken) =>
        context.TargetSymbol is INamedTypeSymbol { IsGenericType: false } type && TypeParser.IsPartial(type) && TypeParser.IsReachable(type) && AreContainersPartial(type)
            ? TypeParser.Parse(type)
            : null;

    private static bool AreContainersPartial(INamedTypeSymbol type) =>
        type.ContainingType is not { } around || (TypeParser.IsPartial(around) && AreContainersPartial(around));
}
