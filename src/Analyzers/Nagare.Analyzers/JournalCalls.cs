using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>Calls of the journal, of repositories, and of what asks questions of them.</summary>
internal static class JournalCalls
{
    private const string BuilderType = "Nagare.NagareBuilder";

    /// <summary>Whether the library declares the method.</summary>
    public static bool Is(IMethodSymbol method) => method.ContainingNamespace is { Name: KnownNames.Namespace, ContainingNamespace.IsGlobalNamespace: true };

    /// <summary>Whether the method returns before it is done.</summary>
    public static bool IsAsynchronous(IMethodSymbol method) => method.ReturnType.Name is "ValueTask" or "Task" or "IAsyncEnumerable";

    /// <summary>The asynchronous call whose result a statement drops, or null.</summary>
    public static IInvocationOperation? Dropped(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "AsTask" or "Preserve", Instance: { } inner } => Dropped(inner),
        IInvocationOperation call when Is(call.TargetMethod) && IsAsynchronous(call.TargetMethod) => call,
        _ => null,
    };

    /// <summary>Whether the sequence that the call returns is given a token where it is enumerated.</summary>
    public static bool HasOwnToken(IInvocationOperation call)
    {
        IOperation? user = call.Parent;
        while (user is IConversionOperation or IArgumentOperation)
        {
            user = user.Parent;
        }

        return user is IInvocationOperation { TargetMethod.Name: "WithCancellation" };
    }

    /// <summary>The method's name where the call stands.</summary>
    public static SyntaxNode NameOf(IInvocationOperation call) => (call.Syntax as InvocationExpressionSyntax)?.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        _ => call.Syntax,
    };

    /// <summary>Whether this is what <c>AddNagare</c> hands to the application.</summary>
    public static bool IsBuilder(this ITypeSymbol? type) => type is not null && type.Is(BuilderType);

    /// <summary>Whether the namespace is Nagare's or one inside it, or where its extensions of services stand.</summary>
    public static bool IsOurs(this INamespaceSymbol space)
    {
        while (space is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
        {
            space = space.ContainingNamespace;
        }

        return space.Name is KnownNames.Namespace or "Microsoft";
    }
}
