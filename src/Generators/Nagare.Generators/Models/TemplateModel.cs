using System.Linq;

namespace Nagare.Generators;

/// <summary>The templates of an <c>[Explain]</c>, taken apart, and as the journal keeps them.</summary>
internal sealed record TemplateModel(TextModel Title, TextModel Summary, TextModel? Detail, TextModel? Actor, EquatableArray<TagModel> Tags);

/// <summary>A tag, <c>name=template</c>.</summary>
/// <param name="Stored">As the journal keeps it.</param>
/// <param name="Name">What stands before the first equals sign.</param>
/// <param name="Value">What stands after it.</param>
internal sealed record TagModel(string Stored, string Name, TextModel Value);

/// <summary>A text with holes.</summary>
/// <param name="Parts">Its literals and holes in order.</param>
internal sealed record TextModel(EquatableArray<TextPart> Parts)
{
    /// <summary>As the journal keeps it: its holes name members as JSON does, which is all that a reader without the types has.</summary>
    public string Stored => string.Concat(Parts.Select(static part => part.Expression is null ? part.Literal.Replace("{", "{{").Replace("}", "}}") : part.Literal));
}

/// <summary>A literal, or a hole that names a member.</summary>
/// <param name="Literal">The text, braces no longer doubled, with each hole that names no member as written; for a hole: as the journal keeps it.</param>
/// <param name="Expression">For a hole: the members as C# after the event, <c>.Order?.Id</c>; null for a literal.</param>
/// <param name="Format">The hole's format, or null.</param>
internal sealed record TextPart(string Literal, string? Expression, string? Format);
