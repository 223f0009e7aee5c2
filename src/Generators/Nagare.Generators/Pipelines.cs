using System.Linq;
using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>Steps that several pipelines begin with.</summary>
internal static class Pipelines
{
    /// <summary>What a parser made something of.</summary>
    public static IncrementalValuesProvider<T> WhereNotNull<T>(this IncrementalValuesProvider<T?> values)
        where T : class => values.Where(static value => value is not null)!;

    /// <summary>Every event of every family in this assembly, in an order that does not depend on the files'.</summary>
    public static IncrementalValueProvider<EquatableArray<FamilyMemberModel>> FamilyMembers(this IncrementalGeneratorInitializationContext context) =>
        context.SyntaxProvider
            .ForAttributeWithMetadataName(KnownNames.EventAttribute, Generators.FamilyMembers.IsCandidate, Generators.FamilyMembers.Parse)
            .WhereNotNull()
            .Collect()
            .Select(static (members, _) => Generators.FamilyMembers.InOrder(members.Distinct()))
            .WithTrackingName(Steps.CollectMembers);
}
