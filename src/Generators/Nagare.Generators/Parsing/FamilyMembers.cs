using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>The events of a family as dispatch needs them, from their marks or from what another assembly's build left on its base record.</summary>
internal static class FamilyMembers
{
    // Asked by several rules, and by the parser of events.
    private static readonly SymbolTable<FamilyMemberModel> Known = new(Read);

    /// <summary>How an aggregate or explainer in the given assembly refers to a family.</summary>
    public static FamilyReferenceModel Reference(INamedTypeSymbol family, IAssemblySymbol from)
    {
        var isForeign = !SymbolEqualityComparer.Default.Equals(family.ContainingAssembly, from);
        return new FamilyReferenceModel
        {
            Type = Naming.FullName(family),
            StoredName = FamilyParser.StoredName(family) ?? "",
            IsForeign = isForeign,
            ForeignMembers = isForeign ? InOrder(Left(family, from).Select(Parse)) : EquatableArray<FamilyMemberModel>.Empty,
        };
    }

    /// <summary>The members of a family, given those of every family in this assembly.</summary>
    public static EquatableArray<FamilyMemberModel> Of(FamilyReferenceModel family, EquatableArray<FamilyMemberModel> local) =>
        family.IsForeign ? family.ForeignMembers : local.Where(member => member.Family == family.Type).ToEquatableArray();

    /// <summary>Ordinal by name, whatever order the compiler got the files in; an event below another one comes first, as a switch needs it.</summary>
    public static EquatableArray<FamilyMemberModel> InOrder(IEnumerable<FamilyMemberModel> members) =>
        members.OrderByDescending(static member => member.Groups.Count).ThenBy(static member => member.Type.FullName, StringComparer.Ordinal).ToEquatableArray();

    /// <summary>An event as dispatch needs it.</summary>
    public static FamilyMemberModel Parse(INamedTypeSymbol type) => Known.Of(type);

    private static FamilyMemberModel Read(INamedTypeSymbol type)
    {
        var family = FamilyParser.BaseOf(type)!;
        var template = TemplateParser.Parse(type);
        return new FamilyMemberModel
        {
            Type = TypeParser.Parse(type),
            Family = Naming.FullName(family),
            Groups = type.BaseTypes()
                .TakeWhile(candidate => !SymbolEqualityComparer.Default.Equals(candidate, family))
                .Select(Naming.FullName)
                .ToEquatableArray(),
            StoredName = EventParser.StoredName(type),
            SchemaVersion = EventParser.Version(type),
            Template = template,
            Scalars = template is null ? ScalarParser.Parse(type).ToEquatableArray() : default,
        };
    }

    /// <summary>The events that the build of another assembly left on a family's base record, as far as this assembly may see them.</summary>
    public static IEnumerable<INamedTypeSymbol> Left(INamedTypeSymbol family, IAssemblySymbol from)
    {
        if (family.FindAttribute(KnownNames.FamilyMembersAttribute) is not { ConstructorArguments: [{ Kind: TypedConstantKind.Array, IsNull: false } members] })
        {
            return [];
        }

        return members.Values.Select(static member => member.Value).OfType<INamedTypeSymbol>().Where(type => Visibility.Includes(type, from));
    }
}
