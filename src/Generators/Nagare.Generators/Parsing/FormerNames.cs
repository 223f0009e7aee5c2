using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>What <c>[FormerName]</c> says on families, events, members and enum names.</summary>
internal static class FormerNames
{
    /// <summary>The former names of a symbol, in the order in which they stand.</summary>
    public static IEnumerable<string> Of(ISymbol symbol) => symbol.GetAttributes()
        .Where(static attribute => attribute.AttributeClass is { } type && type.HasMetadataName(KnownNames.FormerNameAttribute))
        .Select(static attribute => attribute.ConstructorArguments is [{ Value: string name }] ? name : null)
        .OfType<string>();

    /// <summary>The former names of a member: a record's parameter and its property say the same.</summary>
    public static IEnumerable<string> Of(IPropertySymbol property, IParameterSymbol? parameter) =>
        property.GetAttributes().IsEmpty && parameter?.GetAttributes().IsEmpty != false
            ? []
            : (parameter is null ? [] : Of(parameter)).Concat(Of(property)).Distinct();
}
