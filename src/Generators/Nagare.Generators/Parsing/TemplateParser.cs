using System.Collections.Generic;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>An <c>[Explain]</c> → <see cref="TemplateModel"/>. A hole that names no member stays as it was written.</summary>
internal static class TemplateParser
{
    private static readonly char[] Braces = ['{', '}'];

    public static TemplateModel? Parse(INamedTypeSymbol type)
    {
        if (type.FindAttribute(KnownNames.ExplainAttribute) is not { ConstructorArguments: [{ Value: string title }, ..] } attribute)
        {
            return null;
        }

        var summary = attribute.ConstructorArguments is [_, { Value: string given }] ? given : "";
        return new TemplateModel(
            ParseText(type, title),
            ParseText(type, summary),
            attribute.NamedArgument<string?>("Detail", null) is { } detail ? ParseText(type, detail) : null,
            attribute.NamedArgument<string?>("Actor", null) is { } actor ? ParseText(type, actor) : null,
            TagsOf(attribute).Select(tag => ParseTag(type, tag)).ToEquatableArray());
    }

    /// <summary>Takes a template apart; holes are looked up among the public members of <paramref name="type"/>.</summary>
    public static TextModel ParseText(ITypeSymbol type, string source)
    {
        var parts = new List<TextPart>();
        var literal = new StringBuilder();
        foreach (var (text, isHole) in Scan(source))
        {
            if (!isHole)
            {
                literal.Append(text);
                continue;
            }

            var hole = ParseHole(type, text);
            if (hole.Expression is null)
            {
                literal.Append(hole.Literal);
            }
            else
            {
                Flush(parts, literal);
                parts.Add(hole);
            }
        }

        Flush(parts, literal);
        return new TextModel(parts.ToEquatableArray());
    }

    /// <summary>The holes of a template that look like a member's name and name none.</summary>
    public static IEnumerable<UnknownHole> UnknownIn(ITypeSymbol type, string source)
    {
        foreach (var (hole, isHole) in Scan(source))
        {
            var path = hole.Trim('{', '}').Split(':')[0].Trim();
            if (!isHole || path.Length == 0 || !path.All(static character => char.IsLetterOrDigit(character) || character is '_' or '.'))
            {
                continue;
            }

            ITypeSymbol? owner = type;
            foreach (var name in path.Split('.'))
            {
                if (FindMember(owner, name) is not { } property)
                {
                    yield return new UnknownHole(hole, name, owner as INamedTypeSymbol);
                    break;
                }

                owner = property.Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : property.Type;
            }
        }
    }

    // Texts between holes, with doubled braces made one, and holes with their braces.
    private static IEnumerable<(string Text, bool IsHole)> Scan(string source)
    {
        for (var i = 0; i < source.Length; i++)
        {
            if (source[i] is '{' or '}' && i + 1 < source.Length && source[i + 1] == source[i])
            {
                yield return (source[i++].ToString(), false);
            }
            else if (source[i] == '{' && source.IndexOf('}', i) is var end and > 0)
            {
                yield return (source.Substring(i, end - i + 1), true);
                i = end;
            }
            else
            {
                var next = source.IndexOfAny(Braces, i + 1);
                var length = (next < 0 ? source.Length : next) - i;
                yield return (source.Substring(i, length), false);
                i += length - 1;
            }
        }
    }

    private static void Flush(List<TextPart> parts, StringBuilder literal)
    {
        if (literal.Length > 0)
        {
            parts.Add(new TextPart(literal.ToString(), null, null));
            literal.Clear();
        }
    }

    private static TextPart ParseHole(ITypeSymbol type, string hole)
    {
        var content = hole.Substring(1, hole.Length - 2);
        var colon = content.IndexOf(':');
        var path = colon < 0 ? content : content.Substring(0, colon);
        var expression = new StringBuilder();
        var wirePath = new List<string>();
        var current = type;
        var mayBeNull = false;
        foreach (var name in path.Trim().Split('.'))
        {
            if (FindMember(current, name) is not { } property)
            {
                return new TextPart(hole, null, null);
            }

            wirePath.Add(StoredName(property));
            expression.Append(mayBeNull ? "?." : ".").Append(TypeParser.Escape(property.Name));
            current = property.Type;
            mayBeNull = !current.IsValueType || current.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
            if (current is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            {
                current = nullable.TypeArguments[0];
            }
        }

        var format = colon < 0 ? null : content.Substring(colon + 1);
        return new TextPart($"{{{string.Join(".", wirePath)}{(format is null ? "" : ":" + format)}}}", expression.ToString(), format);
    }

    // A name in JSON may hold what a hole cannot; then the name in C# stands, and is looked for as it always was.
    private static string StoredName(IPropertySymbol property) =>
        MemberParser.WireName(property) is { Length: > 0 } name && name.IndexOfAny(['.', ':', '{', '}']) < 0 ? name : property.Name;

    private static IPropertySymbol? FindMember(ITypeSymbol type, string name)
    {
        for (var candidate = type; candidate is not null; candidate = candidate.BaseType)
        {
            foreach (var member in candidate.GetMembers(name))
            {
                if (member is IPropertySymbol { DeclaredAccessibility: Accessibility.Public, IsStatic: false, IsIndexer: false, GetMethod: not null } property)
                {
                    return property;
                }
            }
        }

        return null;
    }

    private static IEnumerable<string> TagsOf(AttributeData attribute) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.Key == "Tags").Value is { Kind: TypedConstantKind.Array, IsNull: false } tags
            ? tags.Values.Select(tag => tag.Value as string ?? "")
            : [];

    private static TagModel ParseTag(ITypeSymbol type, string source)
    {
        var equals = source.IndexOf('=');
        return equals < 0
            ? new TagModel(source, source, ParseText(type, ""))
            : ParseTag(source.Substring(0, equals), ParseText(type, source.Substring(equals + 1)));
    }

    private static TagModel ParseTag(string name, TextModel value) => new($"{name}={value.Stored}", name, value);
}
