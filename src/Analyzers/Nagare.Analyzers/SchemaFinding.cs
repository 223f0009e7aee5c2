using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Nagare.Generators;
using Nagare.Schema;

namespace Nagare.Analyzers;

/// <summary>One change of a stored shape with the place in the code to which it belongs.</summary>
/// <param name="change">The change.</param>
/// <param name="declaration">The event, or the family where the event is gone.</param>
/// <param name="type">The type in which the change lies.</param>
internal sealed class SchemaFinding(SchemaChange change, StoredDeclaration declaration, INamedTypeSymbol type)
{
    public SchemaChange Change { get; } = change;

    public Location Location
    {
        get
        {
            var symbol = declaration.Symbol is IMethodSymbol upcaster ? upcaster : SchemaMembers.At(type, Change.Path);

            // A renamed name of an enum is reported where its former name will stand.
            if (Change.Kind == ChangeKind.EnumNameRenamed && symbol is IPropertySymbol property && SchemaMembers.Inside(property.Type) is { TypeKind: TypeKind.Enum } names)
            {
                symbol = names.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(name => name.HasConstantValue && EnumParser.WireName(name) == Change.After) ?? symbol;
            }

            return symbol.Locations.FirstOrDefault(static location => location.IsInSource) ?? declaration.Symbol.Locations[0];
        }
    }

    /// <summary>What fixes need to know.</summary>
    public ImmutableDictionary<string, string?> Properties() => ImmutableDictionary<string, string?>.Empty
        .Add(SchemaLockAnalyzer.FamilyProperty, declaration.Family)
        .Add(SchemaLockAnalyzer.EventProperty, declaration.Name)
        .Add(SchemaLockAnalyzer.KindProperty, Change.Kind.ToString())
        .Add(SchemaLockAnalyzer.VersionProperty, Change.Version.ToString(CultureInfo.InvariantCulture))
        .Add(SchemaLockAnalyzer.FormerNameProperty, FormerName());

    private string? FormerName() => Change switch
    {
        { Kind: ChangeKind.EventRenamed } => Change.Event,
        { Kind: ChangeKind.EnumNameRenamed, Before: { } name } => name,
        { Kind: ChangeKind.MemberRenamed or ChangeKind.MemberCaseChanged, Before: { } line } => SchemaWords.Unquote(SchemaWords.Split(line, out _)![1]),
        _ => null,
    };
}
