using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nagare.Generators;

/// <summary>A base record marked <c>[EventFamily]</c> → <see cref="FamilyModel"/>.</summary>
internal static class FamilyParser
{
    public static bool IsCandidate(SyntaxNode node, CancellationToken cancellationToken) => node is RecordDeclarationSyntax;

    public static FamilyModel? Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken) =>
        context.TargetSymbol is INamedTypeSymbol type ? Parse(type) : null;

    /// <summary>The family whose base record this is, or null where it is none that code can be generated for.</summary>
    public static FamilyModel? Parse(INamedTypeSymbol type)
    {
        if (StoredName(type) is not { } name || !type.IsRecord || type.IsGenericType || !TypeParser.IsPartial(type) || !TypeParser.IsReachable(type))
        {
            return null;
        }

        var hasConstructor = type.InstanceConstructors.Any(constructor => !constructor.IsImplicitlyDeclared);
        return new FamilyModel(TypeParser.Parse(type), name, hasConstructor, FormerNames.Of(type).ToEquatableArray());
    }

    /// <summary>The base record of the family that a record belongs to, or null.</summary>
    public static INamedTypeSymbol? BaseOf(INamedTypeSymbol type) =>
        type.BaseTypes().FirstOrDefault(candidate => candidate.FindAttribute(KnownNames.EventFamilyAttribute) is not null);

    /// <summary>The stored name of a base record, or null where it is none.</summary>
    public static string? StoredName(INamedTypeSymbol type) =>
        type.FindAttribute(KnownNames.EventFamilyAttribute) is { ConstructorArguments: [{ Value: string name }] } ? name : null;

    /// <summary>The context that reads and writes what the grammar does not cover, or null.</summary>
    public static INamedTypeSymbol? JsonContext(INamedTypeSymbol type) =>
        type.FindAttribute(KnownNames.EventFamilyAttribute)?.NamedArgument<INamedTypeSymbol?>("Json", null);
}
