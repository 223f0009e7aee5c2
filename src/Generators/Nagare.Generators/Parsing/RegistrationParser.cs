using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nagare.Generators;

/// <summary>Decides what a model lists: what is marked in its assembly and may be named from there.</summary>
internal static class RegistrationParser
{
    /// <summary>Names that the generated <c>Invariants</c> cannot give to a property.</summary>
    private static readonly string[] ReservedNames = ["Invariants", "Equals", "ReferenceEquals", "GetHashCode", "GetType", "ToString", "MemberwiseClone", "Finalize"];

    public static bool IsType(SyntaxNode node, CancellationToken cancellationToken) => node is TypeDeclarationSyntax;

    /// <summary>The name of a family's generated descriptor, or null where the model cannot name it.</summary>
    public static string? Descriptor(FamilyModel family) =>
        family.Type.IsVisible ? $"global::{KnownNames.GeneratedNamespace}.{family.Type.MangledName}Family.Value" : null;

    public static AggregateEntry? ParseAggregate(INamedTypeSymbol type, bool hasSnapshots) =>
        AggregateReader.TryRead(type) is { } aggregate && Visibility.Includes(type, type.ContainingAssembly)
            ? new AggregateEntry(Naming.FullName(type), Naming.FullName(aggregate.Family)) { HasSnapshots = hasSnapshots }
            : null;

    public static ExplainerEntry? ParseExplainer(ExplainerReader explainer) =>
        Visibility.Includes(explainer.Type, explainer.Type.ContainingAssembly) && ConstructorFinder.Find(explainer.Type) is { } constructor
            ? new ExplainerEntry(Naming.FullName(explainer.Family), constructor)
            : null;

    public static CommandEntry? ParseCommand(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken) =>
        context.TargetSymbol is INamedTypeSymbol type
        && !Inheritance.IsGeneric(type)
        && Visibility.Includes(type, type.ContainingAssembly)
        && context.Attributes[0].ConstructorArguments is [{ Value: string name }]
            ? new CommandEntry(Naming.FullName(type), name)
            : null;

    /// <summary>
    /// Rules with the names of their properties: the method's or class's own name, with as many of the names around it in front as
    /// it takes to tell them apart.
    /// </summary>
    public static EquatableArray<InvariantProperty> NameInvariants(IEnumerable<InvariantModel> rules)
    {
        var ordered = rules.OrderBy(static rule => rule.Target, StringComparer.Ordinal).ThenBy(static rule => rule.Name, StringComparer.Ordinal).ToList();
        var properties = new List<InvariantProperty>();
        foreach (var rule in ordered)
        {
            var length = 1;
            while (length < rule.Path.Count && (ReservedNames.Contains(Tail(rule, length)) || ordered.Any(other => other.Target != rule.Target && Tail(other, length) == Tail(rule, length))))
            {
                length++;
            }

            // Overloads share even the longest name; they are counted.
            var name = Tail(rule, length);
            var earlier = properties.Count(property => property.Rule.Target == rule.Target);
            properties.Add(new InvariantProperty(TypeParser.Escape(earlier == 0 ? name : $"{name}{earlier + 1}"), rule));
        }

        return properties.ToEquatableArray();
    }

    private static string Tail(InvariantModel rule, int length) => string.Concat(rule.Path.Skip(rule.Path.Count - length));
}
