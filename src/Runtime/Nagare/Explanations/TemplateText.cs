using System.Text;

namespace Nagare;

/// <summary>Fills the holes of a template as it is kept in the journal: <c>{ToolName}</c>, <c>{Order.Id}</c>, <c>{CostUsd:0.00}</c>, <c>{{</c> and <c>}}</c>.</summary>
/// <remarks>A template that breaks the syntax comes from another build or another hand; what cannot be read as a hole stays as it stands.</remarks>
internal static class TemplateText
{
    /// <param name="template">The template.</param>
    /// <param name="fill">Gives the text of a hole from its path and its format; null leaves the hole as it stands.</param>
    public static string Fill(string template, Func<string, string?, string?> fill)
    {
        var filled = new StringBuilder(template.Length);
        for (var i = 0; i < template.Length; i++)
        {
            var c = template[i];
            if (c is '{' or '}' && i + 1 < template.Length && template[i + 1] == c)
            {
                filled.Append(c);
                i++;
            }
            else if (c == '{' && template.IndexOf('}', i) is var end and > 0 && FillHole(template[(i + 1)..end], fill) is { } value)
            {
                filled.Append(value);
                i = end;
            }
            else
            {
                filled.Append(c);
            }
        }

        return filled.ToString();
    }

    private static string? FillHole(string hole, Func<string, string?, string?> fill)
    {
        var colon = hole.IndexOf(':');
        var path = colon < 0 ? hole : hole[..colon];
        return path.Length == 0 ? null : fill(path, colon < 0 ? null : hole[(colon + 1)..]);
    }
}
