using System.Text;

namespace Nagare;

/// <summary>Markdown: a heading for a stream where it begins, one for each event, its detail as a block of code.</summary>
internal sealed class MarkdownStyle : NarrativeStyle
{
    private StreamId _stream;

    public override void Append(StringBuilder text, Envelope envelope, Explanation explanation)
    {
        if (envelope.StreamId != _stream)
        {
            text.Append(_stream.IsDefault ? "" : "\n").Append("## ").Append(MarkdownText.Escape(envelope.StreamId.ToString())).Append('\n');
            _stream = envelope.StreamId;
        }

        text.Append("\n### v").Append(envelope.Version).Append(": ").Append(MarkdownText.Escape(explanation.Title)).Append("\n\n");
        text.Append(Time(envelope));
        if (Actor(envelope, explanation) is { Length: > 0 } actor)
        {
            text.Append(", ").Append(MarkdownText.Escape(actor));
        }

        text.Append('\n');
        if (explanation.Summary.Length > 0)
        {
            text.Append('\n').Append(MarkdownText.Escape(explanation.Summary)).Append('\n');
        }

        if (explanation.Detail is { Length: > 0 } detail)
        {
            text.Append('\n');
            MarkdownText.AppendBlock(text, detail);
        }

        if (explanation.Tags.Count > 0)
        {
            text.Append("\nTags: ").AppendJoin(", ", explanation.Tags.Select(tag => MarkdownText.Escape($"{tag.Key}={tag.Value}"))).Append('\n');
        }
    }
}
