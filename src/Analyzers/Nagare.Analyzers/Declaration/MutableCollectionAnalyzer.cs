using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>NAG0006: an event shares its list with whoever made it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MutableCollectionAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The rule's id.</summary>
    public const string Id = "NAG0006";

    /// <summary>The property of a diagnostic that holds the type to write instead.</summary>
    public const string ReplacementProperty = "Replacement";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "An event holds a collection that can change",
        "'{0}' is of type {1}, whose items can change after the event happened: {2} is stored alike",
        RuleCategories.Declaration,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "A list or array inside an event can be changed by whoever holds it. An interface that only reads, or an immutable collection, is stored as the same JSON.",
        helpLinkUri: HelpPages.Of(Id));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (!EventMembers.BelongsToFamily(type))
        {
            return;
        }

        foreach (var property in EventMembers.ByHand(type).OfType<IPropertySymbol>())
        {
            if (property.DeclaredAccessibility == Accessibility.Public && Unchanging(property.Type) is var (name, full))
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    Rule,
                    Places.Of(property),
                    ImmutableDictionary<string, string?>.Empty.Add(ReplacementProperty, full),
                    $"{type.Name}.{property.Name}",
                    property.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat),
                    name));
            }
        }
    }

    // Bytes stay an array: no other type is taken everywhere and compares as people expect.
    private static (string Name, string Full)? Unchanging(ITypeSymbol type) => ValueParser.Scalar(type) is not null ? null : ValueParser.Collection(type) switch
    {
        (ValueKind.Array or ValueKind.List, var element) => With("IReadOnlyList", Name(element), type),
        (ValueKind.Dictionary or ValueKind.SortedDictionary, var value) => With("IReadOnlyDictionary", $"string, {Name(value)}", type),
        _ => null,
    };

    private static (string Name, string Full) With(string name, string arguments, ITypeSymbol type) =>
        (name, $"global::System.Collections.Generic.{name}<{arguments}>{(type.NullableAnnotation == NullableAnnotation.Annotated ? "?" : "")}");

    private static string Name(ITypeSymbol type) => type.ToDisplayString(TypeParser.FullName);
}
