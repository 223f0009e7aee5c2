using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Nagare.Analyzers;

/// <summary>Looks for what a pure function does not do, also in the methods of the compilation that it calls.</summary>
/// <remarks>Calls through interfaces, delegates and virtual methods are not followed: silence where nothing is sure.</remarks>
internal sealed class PureCode(Compilation compilation)
{
    // More than the helpers of any fold that people write.
    private const int MaxFollowed = 100;

    /// <summary>Everything impure in the code, at the place where this code does or calls it.</summary>
    public IEnumerable<Impurity> In(IOperation code, CancellationToken cancellationToken) =>
        In(code, new HashSet<ISymbol>(SymbolEqualityComparer.Default), cancellationToken);

    private IEnumerable<Impurity> In(IOperation code, HashSet<ISymbol> followed, CancellationToken cancellationToken)
    {
        foreach (var operation in Reached(code))
        {
            if (MemberOf(operation) is not { } member)
            {
                continue;
            }

            if (ImpureMembers.Does(member) is { } does)
            {
                yield return new Impurity(operation.Syntax, does, NameOf(member), null);
            }
            else if (operation is IInvocationOperation { Instance: { } target } call && Collections.IsChange(call.TargetMethod) && IsStaticField(target))
            {
                yield return new Impurity(operation.Syntax, "changes static state", NameOf(member), null);
            }
            else if (Inside(member, followed, cancellationToken) is { } inner)
            {
                yield return inner with { Place = operation.Syntax, Through = inner.Through ?? NameOf(member) };
            }
        }
    }

    // Each method once: whoever calls it again, or itself, finds nothing new in it.
    private Impurity? Inside(ISymbol member, HashSet<ISymbol> followed, CancellationToken cancellationToken) =>
        member.IsVirtual || member.IsAbstract || member is IFieldSymbol || member.DeclaringSyntaxReferences.IsEmpty || Folds.Is(member) || followed.Count >= MaxFollowed || !followed.Add(member)
            ? null
            : SourceBodies.Of(member, compilation, cancellationToken).SelectMany(body => In(body, followed, cancellationToken)).FirstOrDefault();

    // What nameof names is not run.
    private static IEnumerable<IOperation> Reached(IOperation code)
    {
        var open = new Stack<IOperation>();
        open.Push(code);
        while (open.Count > 0)
        {
            var current = open.Pop();
            yield return current;
            if (current is not INameOfOperation)
            {
                foreach (var child in current.ChildOperations.Reverse())
                {
                    open.Push(child);
                }
            }
        }
    }

    private static ISymbol? MemberOf(IOperation operation) => operation switch
    {
        IInvocationOperation call => call.TargetMethod.OriginalDefinition,
        IPropertyReferenceOperation property => property.Property.OriginalDefinition,
        IFieldReferenceOperation field => field.Field.OriginalDefinition,
        IObjectCreationOperation { Constructor: { } constructor } => constructor.OriginalDefinition,
        IMethodReferenceOperation method => method.Method.OriginalDefinition,
        _ => null,
    };

    private static bool IsStaticField(IOperation operation) => operation switch
    {
        IConversionOperation conversion => IsStaticField(conversion.Operand),
        IFieldReferenceOperation { Field.IsStatic: true } => true,
        IPropertyReferenceOperation { Property.IsStatic: true } property => property.Property.DeclaringSyntaxReferences.Length > 0,
        _ => false,
    };

    private static string NameOf(ISymbol member) => member is IMethodSymbol { MethodKind: MethodKind.Constructor }
        ? $"new {member.ContainingType.Name}"
        : $"{member.ContainingType?.Name}.{member.Name}";
}

/// <summary>Something that a pure function does not do.</summary>
/// <param name="Place">Where the code does it, or calls what does.</param>
/// <param name="Does">What it does, as a predicate.</param>
/// <param name="What">The member used.</param>
/// <param name="Through">The method called that uses it, or null.</param>
internal sealed record Impurity(SyntaxNode Place, string Does, string What, string? Through);
