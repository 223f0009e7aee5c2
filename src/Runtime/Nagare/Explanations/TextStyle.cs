using System.Text;

namespace Nagare;

/// <summary>Plain text: a stream's name where it begins, then for each event when and who, title and summary, detail, tags.</summary>
internal sealed class TextStyle : NarrativeStyle
{
    private const string Indent = "    ";

    private StreamId _stream;

    public override void Append(StringBuilder text, Envelope envelope, Explanation explanation)
    {
        if (envelope.StreamId != _stream)
        {
            text.Append(_stream.IsDefault ? "" : "\n").Append(VisibleText.Line(envelope.StreamId.ToString())).Append("\n\n");
            _stream = envelope.StreamId;
        }

        text.Append('v').Append(envelope.Version).Append("  ").Append(Time(envelope));
        if (Actor(envelope, explanation) is { Length: > 0 } actor)
        {
            text.Append("  ").Append(VisibleText.Line(actor));
        }

        text.Append('\n').Append(Indent).Append(VisibleText.Line(explanation.ToString())).Append('\n');
        if (explanation.Detail is { Length: > 0 } detail)
        {
            text.Append(Indent).Append(VisibleText.Block(detail).Replace("\n", "\n" + Indent, StringComparison.Ordinal)).Append('\n');
        }

        if (explanation.Tags.Count > 0)
        {
            text.Append(Indent).AppendJoin(", ", explanation.Tags.Select(tag => VisibleText.Line($"{tag.Key}={tag.Value}"))).Append('\n');
        }
    }
}
