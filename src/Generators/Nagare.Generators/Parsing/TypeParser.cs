using System.Collections.Generic;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nagare.Generators;

/// <summary>A type symbol → <see cref="TypeModel"/>.</summary>
internal static class TypeParser
{
    /// <summary>How types are written in generated code.</summary>
    public static readonly SymbolDisplayFormat FullName = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>The same with the constraints of type parameters behind it.</summary>
    public static readonly SymbolDisplayFormat FullNameWithConstraints = FullName.AddGenericsOptions(SymbolDisplayGenericsOptions.IncludeTypeConstraints);

    // A family or a shape is met once for each event, in every concern.
    private static readonly SymbolTable<TypeModel> Known = new(Read);

    public static TypeModel Parse(INamedTypeSymbol type) => Known.Of(type.Unmarked());

    private static TypeModel Read(INamedTypeSymbol type)
    {
        var containing = Containing(type);
        var fullName = type.ToDisplayString(FullName);
        return new TypeModel(
            type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(),
            Escape(type.Name),
            fullName,
            Mangle(fullName),
            fullName.Replace("global::", "").Replace("@", "").Replace('<', '(').Replace('>', ')').Replace('?', '-'),
            Declaration(type),
            containing.Select(around => new ContainingTypeModel(Escape(around.Name), Declaration(around), IsPartial(around), IsVisible(around))).ToEquatableArray(),
            type.IsValueType,
            IsPartial(type),
            IsVisible(type));
    }

    /// <summary>A C# identifier, with @ where it is a keyword.</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    /// <summary>Whether a declaration of the type says partial.</summary>
    public static bool IsPartial(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.Any(reference =>
            reference.GetSyntax() is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    /// <summary>Whether generated code can name the type at all: not file-local, and not inside a generic type.</summary>
    public static bool IsNameable(INamedTypeSymbol type) =>
        !type.IsFileLocal && Containing(type).All(around => !around.IsFileLocal && !around.IsGenericType);

    /// <summary>Whether generated code can stand where it sees the type: everywhere, or inside partial types around it.</summary>
    public static bool IsReachable(INamedTypeSymbol type) =>
        IsNameable(type) && (IsVisible(type) || Containing(type).All(IsPartial));

    /// <summary>Whether generated code can add members to the type: it and every type around it are partial.</summary>
    public static bool CanBeExtended(INamedTypeSymbol type) => IsNameable(type) && IsPartial(type) && Containing(type).All(IsPartial);

    private static List<INamedTypeSymbol> Containing(INamedTypeSymbol type)
    {
        var containing = new List<INamedTypeSymbol>();
        for (var around = type.ContainingType; around is not null; around = around.ContainingType)
        {
            containing.Insert(0, around);
        }

        return containing;
    }

    private static bool IsVisible(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.ContainingType)
        {
            if (current.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal))
            {
                return false;
            }
        }

        return type.TypeArguments.OfType<INamedTypeSymbol>().All(IsVisible);
    }

    private static string Declaration(INamedTypeSymbol type)
    {
        var keyword = (type.IsRecord, type.TypeKind) switch
        {
            (true, TypeKind.Struct) => "record struct",
            (true, _) => "record",
            (_, TypeKind.Struct) => "struct",
            (_, TypeKind.Interface) => "interface",
            _ => "class",
        };
        return $"partial {keyword} {Escape(type.Name)}";
    }

    // A dot becomes an underscore and an underscore two, so that A.B_C and A_B.C stay apart.
    private static string Mangle(string fullName)
    {
        var mangled = new StringBuilder(fullName.Length);
        foreach (var character in fullName.Replace("global::", ""))
        {
            switch (character)
            {
                case '.':
                    mangled.Append('_');
                    break;
                case '_':
                    mangled.Append("__");
                    break;
                case '<':
                    mangled.Append("_of_");
                    break;
                case ',':
                    mangled.Append("_and_");
                    break;
                case '>' or ' ' or '[' or '@':
                    break;
                case ']':
                    mangled.Append("Array");
                    break;
                case '?':
                    mangled.Append("OrNull");
                    break;
                default:
                    mangled.Append(character);
                    break;
            }
        }

        return mangled.ToString();
    }
}
