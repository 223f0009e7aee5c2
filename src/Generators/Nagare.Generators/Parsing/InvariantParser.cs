using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nagare.Generators;

/// <summary>A method or class marked <c>[Invariant]</c> → <see cref="InvariantModel"/>.</summary>
internal static class InvariantParser
{
    public static bool IsCandidate(SyntaxNode node, CancellationToken cancellationToken) => node is MethodDeclarationSyntax or TypeDeclarationSyntax;

    public static InvariantModel? Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken) => context.TargetSymbol switch
    {
        IMethodSymbol method => Method(method, context.Attributes[0]),
        INamedTypeSymbol type => Class(type),
        _ => null,
    };

    private static InvariantModel? Method(IMethodSymbol method, AttributeData attribute)
    {
        if (!IsRule(method) || attribute.ConstructorArguments is not [{ Value: string name }, { Value: string description }] || method.Parameters[0].Type is not INamedTypeSymbol subject)
        {
            return null;
        }

        var family = FamilyOfState(subject);
        if (family is null && FamilyParser.StoredName(subject) is null && FamilyParser.BaseOf(subject) is null)
        {
            return null;
        }

        return new InvariantModel
        {
            Form = family is null ? InvariantForm.OverEvent : InvariantForm.OverState,
            Target = $"{Naming.FullName(method.ContainingType)}.{TypeParser.Escape(method.Name)}",
            Path = Path(method),
            Name = name,
            Description = description,
            IsMonotone = attribute.NamedArgument("Monotone", false),
            Subject = Naming.FullName(subject),
            Family = family is null ? "" : Naming.FullName(family),
            TakesEnvelope = method.Parameters.Length == 2,
        };
    }

    private static InvariantModel? Class(INamedTypeSymbol type) =>
        type.FindInterface(KnownNames.BisectInvariant) is not null
        && !Inheritance.IsGeneric(type)
        && Visibility.Includes(type, type.ContainingAssembly)
        && ConstructorFinder.Find(type) is { } constructor
            ? new InvariantModel { Form = InvariantForm.Class, Target = Naming.FullName(type), Path = Path(type), Constructor = constructor }
            : null;

    // A rule is called from the model's class, so a private one is none.
    private static bool IsRule(IMethodSymbol method) =>
        method is { IsStatic: true, IsGenericMethod: false, Parameters.Length: 1 or 2 }
        && method.ReturnType.Is(KnownNames.InvariantResult)
        && (method.Parameters.Length == 1 || method.Parameters[1].Type.Is(KnownNames.Envelope))
        && method.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal
        && !Inheritance.IsGeneric(method.ContainingType)
        && Visibility.Includes(method.ContainingType, method.ContainingAssembly);

    private static INamedTypeSymbol? FamilyOfState(INamedTypeSymbol state) =>
        state.FindInterface(KnownNames.Aggregate)?.TypeArguments[1] as INamedTypeSymbol;

    private static EquatableArray<string> Path(ISymbol symbol)
    {
        var path = new List<string>();
        for (var current = symbol; current is not null and not INamespaceSymbol { IsGlobalNamespace: true } and not IModuleSymbol; current = current.ContainingSymbol)
        {
            path.Insert(0, current.Name);
        }

        return path.ToEquatableArray();
    }
}
