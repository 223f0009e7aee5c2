namespace Nagare.Generators;

/// <summary>A type that code is generated for: how it is named, where it stands, and who may see it.</summary>
/// <param name="Namespace">Without <c>global::</c>; empty for the global namespace.</param>
/// <param name="Name">The simple name, escaped where it is a keyword.</param>
/// <param name="FullName">With <c>global::</c>, containing types and type arguments; never with a nullable mark.</param>
/// <param name="MangledName">The full name as one identifier: what generated classes are named after.</param>
/// <param name="HintName">The full name as part of a file's name.</param>
/// <param name="Declaration">What stands after its modifiers where it is declared again: <c>partial record Order</c>.</param>
/// <param name="ContainingTypes">The types around it, outermost first.</param>
/// <param name="IsValueType">Whether it is a struct.</param>
/// <param name="IsPartial">Whether its declaration is partial.</param>
/// <param name="IsVisible">Whether all code of its assembly may name it; if not, only code inside <see cref="ContainingTypes"/> may.</param>
internal sealed record TypeModel(
    string Namespace,
    string Name,
    string FullName,
    string MangledName,
    string HintName,
    string Declaration,
    EquatableArray<ContainingTypeModel> ContainingTypes,
    bool IsValueType,
    bool IsPartial,
    bool IsVisible);

/// <summary>A type around another one.</summary>
/// <param name="Name">The simple name, escaped where it is a keyword.</param>
/// <param name="Declaration">What stands after its modifiers where it is declared again.</param>
/// <param name="IsPartial">Whether its declaration is partial.</param>
/// <param name="IsVisible">Whether all code of its assembly may name it.</param>
internal sealed record ContainingTypeModel(string Name, string Declaration, bool IsPartial, bool IsVisible);
