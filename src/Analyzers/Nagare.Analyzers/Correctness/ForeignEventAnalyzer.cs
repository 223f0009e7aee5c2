using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>NAG1003: an append that the journal refuses, seen before it runs.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ForeignEventAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The rule's id.</summary>
    public const string Id = "NAG1003";

    private const string RepositoryType = "Nagare.IAggregateRepository`1";
    private const string StreamIdType = "Nagare.StreamId";
    private const string StreamAppendType = "Nagare.StreamAppend";
    private const string NewEventType = "Nagare.NewEvent";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "An event is appended to a stream of another family",
        "'{0}' is an event of {1}, and this stream holds events of {2}: the append would be refused",
        RuleCategories.Correctness,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A stream holds events of one family, and an append of any other is refused at run time.",
        helpLinkUri: HelpPages.Of(Id));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(AnalyzeCall, OperationKind.Invocation);
        context.RegisterOperationAction(AnalyzeCreation, OperationKind.ObjectCreation);
    }

    private static void AnalyzeCall(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod.Name == "Append" && JournalCalls.Is(call.TargetMethod))
        {
            var stream = call.Arguments.FirstOrDefault(static argument => argument.Parameter?.Type.Is(StreamIdType) == true)?.Value;
            Check(context, call.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "events")?.Value, FamilyOfRepository(call.TargetMethod.ContainingType) ?? FamilyOfStream(stream));
        }
        else if (call.TargetMethod.Name == "Execute" && JournalCalls.Is(call.TargetMethod) && FamilyOfRepository(call.TargetMethod.ContainingType) is { } family)
        {
            CheckLambda(context, call, family);
        }
    }

    private static void AnalyzeCreation(OperationAnalysisContext context)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (creation.Type is { } type && type.Is(StreamAppendType))
        {
            Check(
                context,
                creation.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "Events")?.Value,
                FamilyOfStream(creation.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "StreamId")?.Value));
        }
    }

    private static void Check(OperationAnalysisContext context, IOperation? events, INamedTypeSymbol? expected)
    {
        foreach (var item in Items(Unwrap(events)))
        {
            if (Unwrap(item) is not { Type: INamedTypeSymbol type } e || FamilyOf(type) is not { } family)
            {
                continue;
            }

            // Where nothing says whose stream it is, the first event does.
            expected ??= family;
            if (!SymbolEqualityComparer.Default.Equals(family, expected))
            {
                context.ReportDiagnostic(Diagnostic.Create(Rule, e.Syntax.GetLocation(), type.Name, family.Name, expected.Name));
            }
        }
    }

    private static void CheckLambda(OperationAnalysisContext context, IInvocationOperation call, INamedTypeSymbol expected)
    {
        foreach (var lambda in call.Arguments.SelectMany(static argument => argument.Value.DescendantsAndSelf().OfType<IAnonymousFunctionOperation>()).Take(1))
        {
            foreach (var conversion in lambda.Body.Descendants().OfType<IConversionOperation>())
            {
                if (conversion is { Type: { } target, OperatorMethod: not null, Operand.Type: INamedTypeSymbol type } && target.Is("Nagare.Decision")
                    && FamilyOf(type) is { } family && !SymbolEqualityComparer.Default.Equals(family, expected))
                {
                    context.ReportDiagnostic(Diagnostic.Create(Rule, conversion.Operand.Syntax.GetLocation(), type.Name, family.Name, expected.Name));
                }
            }
        }
    }

    private static IEnumerable<IOperation> Items(IOperation? list) => list switch
    {
        ICollectionExpressionOperation collection => collection.Elements.Where(static element => element is not ISpreadOperation),
        IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
        _ => [],
    };

    private static IOperation? Unwrap(IOperation? operation) => operation switch
    {
        IConversionOperation conversion => Unwrap(conversion.Operand),
        IObjectCreationOperation { Type: { } type } creation when type.Is(NewEventType) => Unwrap(creation.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "Event")?.Value),
        _ => operation,
    };

    private static INamedTypeSymbol? FamilyOf(INamedTypeSymbol type) => FamilyParser.StoredName(type) is not null ? type : FamilyParser.BaseOf(type);

    private static INamedTypeSymbol? FamilyOfRepository(INamedTypeSymbol type) =>
        type is { TypeArguments: [INamedTypeSymbol aggregate] } && type.HasMetadataName(RepositoryType) ? aggregate.FindInterface(KnownNames.Aggregate)?.TypeArguments[1] as INamedTypeSymbol : null;

    // Run.Stream("r-17"): generated into the aggregate, whose family is the stream's.
    private static INamedTypeSymbol? FamilyOfStream(IOperation? stream) =>
        Unwrap(stream) is IInvocationOperation { TargetMethod: { Name: "Stream", IsStatic: true } method }
            ? method.ContainingType.FindInterface(KnownNames.Aggregate)?.TypeArguments[1] as INamedTypeSymbol
            : null;
}
