using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>An enum → <see cref="ShapeModel"/>.</summary>
internal static class EnumParser
{
    public static ShapeModel Parse(INamedTypeSymbol type)
    {
        var members = new List<EnumMemberModel>();
        var numbers = new HashSet<object?>();
        foreach (var field in type.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue))
        {
            var wireName = field.FindAttribute(KnownNames.JsonStringEnumMemberNameAttribute) is { ConstructorArguments: [{ Value: string given }] } ? given : field.Name;
            members.Add(new EnumMemberModel(TypeParser.Escape(field.Name), wireName, !numbers.Add(field.ConstantValue)));
        }

        return new ShapeModel(TypeParser.Parse(type), true, default, default, members.ToEquatableArray(), null);
    }
}
