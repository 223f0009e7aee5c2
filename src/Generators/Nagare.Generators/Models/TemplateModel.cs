namespace Nagare.Generators;

/// <summary>The templates of an <c>[Explain]</c>, as written and taken apart.</summary>
internal sealed record TemplateModel(TextModel Title, TextModel Summary, TextModel? Detail, TextModel? Actor, EquatableArray<TagModel> Tags);

/// <summary>A tag, <c>name=template</c>.</summary>
/// <param name="Source">As written.</param>
/// <param name="Name">What stands before the first equals sign.</param>
/// <param name="Value">What stands after it.</param>
internal sealed record TagModel(string Source, string Name, TextModel Value);

/// <summary>A text with holes.</summary>
/// <param name="Source">As written.</param>
/// <param name="Parts">Its literals and holes in order.</param>
internal sealed record TextModel(string Source, EquatableArray<TextPart> Parts);

/// <summary>A literal, or a hole that names a member.</summary>
/// <param name="Literal">The text, braces no longer doubled; for a hole that names no member, the hole as written.</param>
/// <param name="Expression">For a hole: the members as C# after the event, <c>.Order?.Id</c>; null for a literal.</param>
/// <param name="Format">The hole's format, or null.</param>
internal sealed record TextPart(string Literal, string? Expression, string? Format);
