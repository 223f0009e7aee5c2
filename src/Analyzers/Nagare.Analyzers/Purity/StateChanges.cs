using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Nagare.Analyzers;

/// <summary>Finds where code changes the state it was given: by assignment, in a collection of the state, or in a method of the state that does either.</summary>
internal sealed class StateChanges(Compilation compilation)
{
    // Deeper than any helper of a decision that people write.
    private const int MaxDepth = 8;

    /// <summary>The changes in the code.</summary>
    /// <param name="code">A method's body.</param>
    /// <param name="state">The parameter that holds the state, or null where it is <c>this</c>.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public IEnumerable<SyntaxNode> In(IOperation code, IParameterSymbol? state, CancellationToken cancellationToken) => In(code, state, 0, cancellationToken);

    private IEnumerable<SyntaxNode> In(IOperation code, IParameterSymbol? state, int depth, CancellationToken cancellationToken)
    {
        foreach (var operation in code.DescendantsAndSelf())
        {
            var changed = operation switch
            {
                IAssignmentOperation assignment => assignment.Target,
                IIncrementOrDecrementOperation step => step.Target,
                IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => argument.Value,
                _ => null,
            };
            if (changed is not null ? IsInside(changed, state) : operation is IInvocationOperation call && Changes(call, state, depth, cancellationToken))
            {
                yield return operation.Syntax;
            }
        }
    }

    private bool Changes(IInvocationOperation call, IParameterSymbol? state, int depth, CancellationToken cancellationToken)
    {
        if (call.Instance is not { } instance)
        {
            return false;
        }

        if (Collections.IsChange(call.TargetMethod))
        {
            return IsInside(instance, state);
        }

        // A method of the state itself, such as the fold of a mutable class.
        return depth < MaxDepth
            && IsState(instance, state)
            && !call.TargetMethod.IsVirtual
            && SourceBodies.Of(call.TargetMethod, compilation, cancellationToken).Any(body => In(body, null, depth + 1, cancellationToken).Any());
    }

    // A member of the state, or a member of a member.
    private static bool IsInside(IOperation operation, IParameterSymbol? state) => operation switch
    {
        IConversionOperation conversion => IsInside(conversion.Operand, state),
        IMemberReferenceOperation { Instance: { } instance } => IsState(instance, state) || IsInside(instance, state),
        IArrayElementReferenceOperation element => IsInside(element.ArrayReference, state),
        ITupleOperation tuple => tuple.Elements.Any(element => IsInside(element, state)),
        _ => false,
    };

    // An object initializer and a with-expression speak of the new object, which is nobody's state yet.
    private static bool IsState(IOperation operation, IParameterSymbol? state) => operation switch
    {
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } => state is null,
        IParameterReferenceOperation parameter => state is not null && SymbolEqualityComparer.Default.Equals(parameter.Parameter, state),
        _ => false,
    };
}
