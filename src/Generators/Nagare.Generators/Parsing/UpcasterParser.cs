using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nagare.Generators;

/// <summary>A method marked <c>[Upcaster]</c> → <see cref="UpcasterModel"/>.</summary>
internal static class UpcasterParser
{
    public static bool IsCandidate(SyntaxNode node, CancellationToken cancellationToken) => node is MethodDeclarationSyntax;

    public static UpcasterModel? Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken) =>
        context.TargetSymbol is IMethodSymbol method && UpcasterReader.TryRead(method) is { } upcaster ? Parse(upcaster) : null;

    /// <summary>What a family's upcasters take as JSON.</summary>
    public static FamilyJsonUpcasters Json(FamilyModel family, IEnumerable<UpcasterModel> upcasters) => new(family, upcasters
        .Where(upcaster => upcaster.Source.Length == 0 && upcaster.Family == family.Type.FullName)
        .Select(static upcaster => new JsonUpcasterEntry(upcaster.Name, upcaster.Version))
        .Distinct()
        .OrderBy(static stored => stored.Name, StringComparer.Ordinal)
        .ThenBy(static stored => stored.Version)
        .ToEquatableArray());

    /// <summary>The step, or null where no chain can call the method.</summary>
    public static UpcasterModel? Parse(UpcasterReader upcaster) => upcaster.Problem is not null ? null : new UpcasterModel
    {
        Method = $"{Naming.FullName(upcaster.Method.ContainingType)}.{TypeParser.Escape(upcaster.Method.Name)}",
        Family = Naming.FullName(upcaster.Family!),
        Source = upcaster.Source is { } source ? Naming.FullName(source) : "",
        Name = upcaster.Raw?.Name ?? "",
        Version = upcaster.Raw?.Version ?? 0,
        Target = upcaster.Target is { } target ? Naming.FullName(target) : "",
        IsMany = upcaster.IsMany,
        Context = upcaster.Context,
    };
}
