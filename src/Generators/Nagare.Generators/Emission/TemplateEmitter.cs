using System.Linq;
using System.Text;

namespace Nagare.Generators;

/// <summary>Prints an <c>[Explain]</c> template as data for the journal and as a function that fills it.</summary>
internal static class TemplateEmitter
{
    /// <summary>The template as the journal keeps it.</summary>
    public static string Construction(TemplateModel template) =>
        $"new global::Nagare.ExplanationTemplate({Literal(template.Title.Stored)}, {Literal(template.Summary.Stored)}, {Literal(template.Detail?.Stored)}, {Literal(template.Actor?.Stored)}, [{string.Join(", ", template.Tags.Select(tag => Literal(tag.Stored)))}])";

    /// <summary>The function that explains an event <c>e</c> by its template.</summary>
    public static void EmitExplain(SourceWriter source, string signature, TemplateModel template)
    {
        source.Line($"{signature} =>");
        source.Indented(() =>
        {
            source.Line("new(");
            source.Indented(() =>
            {
                source.Line($"{Text(template.Title)},");
                source.Line($"{Text(template.Summary)}{(template.Tags.Count == 0 ? ")" : ",")}");
                for (var i = 0; i < template.Tags.Count; i++)
                {
                    var tag = template.Tags[i];
                    source.Line($"({Literal(tag.Name)}, {Text(tag.Value)}){(i < template.Tags.Count - 1 ? "," : ")")}");
                }
            });
            source.Block("", () =>
            {
                source.Line($"Detail = {(template.Detail is { } detail ? Text(detail) : "null")},");
                source.Line($"Actor = {(template.Actor is { } actor ? Text(actor) : "null")},");
            }, "};");
        });
    }

    /// <summary>A text with holes as one C# expression over the event <c>e</c>.</summary>
    public static string Text(TextModel text)
    {
        if (text.Parts.All(part => part.Expression is null))
        {
            return Literal(string.Concat(text.Parts.Select(part => part.Literal)));
        }

        var interpolation = new StringBuilder();
        foreach (var part in text.Parts)
        {
            interpolation.Append(part.Expression is null
                ? Escape(part.Literal).Replace("{", "{{").Replace("}", "}}")
                : $"{{e{part.Expression}{(part.Format is null ? "" : ":" + Escape(part.Format))}}}");
        }

        return $"string.Create(global::System.Globalization.CultureInfo.InvariantCulture, $\"{interpolation}\")";
    }

    private static string Escape(string text)
    {
        var literal = Literals.Text(text);
        return literal.Substring(1, literal.Length - 2);
    }

    private static string Literal(string? text) => text is null ? "null" : Literals.Text(text);
}
