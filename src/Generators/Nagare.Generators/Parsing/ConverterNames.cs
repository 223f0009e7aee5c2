using System.Linq;

namespace Nagare.Generators;

/// <summary>Where generated classes stand, as the page beside this project promises.</summary>
internal static class ConverterNames
{
    /// <summary>The converter of an event or of a type inside events: in the generated namespace, or inside the type that alone can see it.</summary>
    public static string Of(TypeModel type) => type.IsVisible || type.ContainingTypes.Count == 0
        ? $"global::{KnownNames.GeneratedNamespace}.{SimpleName(type)}"
        : $"{ContainingFullName(type)}.{SimpleName(type)}";

    /// <summary>The converter's own name.</summary>
    public static string SimpleName(TypeModel type) => type.MangledName + "Converter";

    /// <summary>The descriptor of an event, from anywhere in its assembly.</summary>
    public static string EventTypeOf(TypeModel type) => type.IsVisible || type.ContainingTypes.Count == 0
        ? $"{Of(type)}.EventType"
        : $"global::{(type.Namespace.Length == 0 ? "" : type.Namespace + ".")}{type.ContainingTypes[0].Name}.{type.MangledName}EventType";

    /// <summary>The full name of the type directly around this one.</summary>
    public static string ContainingFullName(TypeModel type) =>
        "global::" + string.Join(".", new[] { type.Namespace }.Where(space => space.Length > 0).Concat(type.ContainingTypes.Select(around => around.Name)));

    /// <summary>The descriptor of a family.</summary>
    public static string FamilyOf(TypeModel baseType) => $"global::{KnownNames.GeneratedNamespace}.{baseType.MangledName}Family";
}
