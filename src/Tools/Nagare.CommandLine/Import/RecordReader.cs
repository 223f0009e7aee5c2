using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Nagare.CommandLine;

/// <summary>Something in a file that is no run.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The line, from 1; 0 where the file as a whole is meant.</param>
/// <param name="Reason">What is wrong, without a full stop.</param>
internal sealed record ImportProblem(string File, long Line, string Reason)
{
    /// <summary>"FILE:LINE: reason", one line fit for a terminal.</summary>
    public override string ToString() => VisibleText.Line(Line == 0 ? $"{File}: {Reason}" : $"{File}:{Line}: {Reason}");
}

/// <summary>A record, or what was there instead of one.</summary>
internal readonly record struct RecordOrProblem(ImportRecord? Record, ImportProblem? Problem);

/// <summary>Cuts a file into records: each line is one; a file that is one JSON value is one; an array is one for each of its elements.</summary>
internal sealed class RecordReader(Stream source, string file, bool isJsonLines, ImportLimits limits)
{
    private static readonly JsonReaderOptions Deep = new() { MaxDepth = 1024 };

    public async IAsyncEnumerable<RecordOrProblem> Read([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lines = new LineReader(source, limits.MaxRecordBytes);
        var isFirst = !isJsonLines;
        while (await lines.Next(cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (line.Bytes is null)
            {
                yield return Problem(line.Number, $"the line is longer than {limits.MaxRecordBytes} bytes");
                continue;
            }

            if (line.Bytes.AsSpan().IndexOfAnyExcept(" \t"u8) < 0)
            {
                continue;
            }

            // A first line that only begins a value is the beginning of a file that is one document, such as SWE-agent's .traj.
            if (isFirst && IsUnfinished(line.Bytes))
            {
                await foreach (var item in ReadDocument(line, lines, cancellationToken).ConfigureAwait(false))
                {
                    yield return item;
                }

                yield break;
            }

            isFirst = false;
            foreach (var item in Records(line.Bytes, line.Number))
            {
                yield return item;
            }
        }
    }

    private async IAsyncEnumerable<RecordOrProblem> ReadDocument(Line first, LineReader lines, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rest = await lines.ReadToEnd(cancellationToken).ConfigureAwait(false);
        if (rest is null || first.Bytes!.Length + 1L + rest.Length > limits.MaxRecordBytes)
        {
            yield return Problem(first.Number, $"the document that begins here is longer than {limits.MaxRecordBytes} bytes");
            yield break;
        }

        byte[] document = [.. first.Bytes, (byte)'\n', .. rest];
        if (IsOneValue(document))
        {
            foreach (var item in Records(document, first.Number))
            {
                yield return item;
            }

            yield break;
        }

        // No document after all: lines, of which the first is broken.
        var again = new RecordReader(new MemoryStream(document), file, isJsonLines: true, limits);
        await foreach (var item in again.Read(cancellationToken).ConfigureAwait(false))
        {
            yield return item.Record is { } record
                ? new(new ImportRecord(file, first.Number - 1 + record.Line, record.Json), null)
                : new(null, item.Problem! with { Line = first.Number - 1 + item.Problem.Line });
        }
    }

    private List<RecordOrProblem> Records(byte[] json, long line)
    {
        var start = json.AsSpan().IndexOfAnyExcept(" \t\r\n"u8);
        if (start < 0 || json[start] != '[')
        {
            return [new(new ImportRecord(file, line, json), null)];
        }

        var records = new List<RecordOrProblem>();
        var counted = 0;
        try
        {
            var reader = new Utf8JsonReader(json, Deep);
            reader.Read();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var from = (int)reader.TokenStartIndex;
                reader.Skip();
                line += json.AsSpan(counted, from - counted).Count((byte)'\n');
                counted = from;
                records.Add(new(new ImportRecord(file, line, json.AsMemory(from, (int)reader.BytesConsumed - from)), null));
            }
        }
        catch (JsonException e)
        {
            records.Add(new(null, new ImportProblem(file, line, MalformedJson.Reason(e))));
        }

        return records;
    }

    private static bool IsUnfinished(byte[] line)
    {
        try
        {
            var reader = new Utf8JsonReader(line, isFinalBlock: false, new JsonReaderState(Deep));
            while (reader.Read())
            {
                if (reader.CurrentDepth == 0 && reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
                {
                    return false;
                }
            }

            return reader.TokenType is not JsonTokenType.None;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsOneValue(byte[] document)
    {
        try
        {
            var reader = new Utf8JsonReader(document, Deep);
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private RecordOrProblem Problem(long line, string reason) => new(null, new ImportProblem(file, line, reason));
}
