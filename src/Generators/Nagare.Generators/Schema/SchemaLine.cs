using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Nagare.Schema;

/// <summary>One line of the file, taken word by word.</summary>
internal sealed class SchemaLine
{
    private readonly IReadOnlyList<string> _words;
    private readonly string _text;
    private int _next;

    public SchemaLine(int number, string text)
    {
        LineNumber = number;
        _text = text;
        if (text.StartsWith("<<<<<<<", System.StringComparison.Ordinal) || text.StartsWith("=======", System.StringComparison.Ordinal) || text.StartsWith(">>>>>>>", System.StringComparison.Ordinal))
        {
            throw Error("this is a merge conflict; keep the lines of both sides and remove the marker");
        }

        _words = SchemaWords.Split(text, out var comment) ?? throw Error("a quote is not closed; close it");
        Comment = string.IsNullOrEmpty(comment) ? null : comment;
    }

    /// <summary>The line's number, from 1.</summary>
    public int LineNumber { get; }

    /// <summary>What stands behind #, or null.</summary>
    public string? Comment { get; }

    public bool IsEmpty => _words.Count == 0;

    public bool IsIndented => _text[0] is ' ' or '\t';

    public SchemaFormatException Error(string problem) => new(LineNumber, problem);

    public void Refuse(bool condition, string problem)
    {
        if (condition)
        {
            throw Error(problem);
        }
    }

    /// <summary>The next word as it stands.</summary>
    public string Word(string expected) => _next < _words.Count ? _words[_next++] : throw Error($"{expected} is missing");

    /// <summary>The next word as a name.</summary>
    public string Name()
    {
        var word = Word("a name");
        return SchemaWords.Unquote(word) ?? throw Error($"{word} is no name; put it in quotes, with \\\" and \\\\ for quotes and backslashes and \\u0020 for others");
    }

    /// <summary>The next word as a version.</summary>
    public int Number()
    {
        var word = Word("a version");
        return int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : throw Error($"'{word}' is no version; versions count from 1");
    }

    /// <summary>The next word, draft or sealed; true for draft.</summary>
    public bool State()
    {
        var word = Word("'draft' or 'sealed'");
        return word == "draft" || (word == "sealed" ? false : throw Error($"'{word}' is neither 'draft' nor 'sealed'; write 'draft' for what no release has stored yet"));
    }

    public bool TakeIf(string word)
    {
        if (_next >= _words.Count || _words[_next] != word)
        {
            return false;
        }

        _next++;
        return true;
    }

    public void Take(string word, string otherwise) => Refuse(!TakeIf(word), otherwise);

    /// <summary>All words have been taken.</summary>
    public void End() => Refuse(_next < _words.Count, _next < _words.Count ? $"'{_words[_next]}' does not belong here; remove it" : "");

    /// <summary>What stands behind 'member'.</summary>
    public SchemaMember Member()
    {
        var member = new SchemaMember(Name(), Value()) { ClrName = Comment };
        return member with
        {
            IsOptional = TakeIf("optional"),
            Default = TakeIf("default") ? Name() : null,
            Omission = !TakeIf("omitted") ? SchemaOmission.Never
                : TakeIf("null") ? SchemaOmission.WhenNull
                : TakeIf("default") ? SchemaOmission.WhenDefault
                : throw Error("write 'omitted null' or 'omitted default'"),
            IsDraft = TakeIf("draft"),
        };
    }

    private SchemaValue Value()
    {
        var word = Word("a type");
        var isNullable = word.EndsWith("?", System.StringComparison.Ordinal);
        var name = isNullable ? word.Substring(0, word.Length - 1) : word;
        if (SchemaValue.Scalars.Contains(name))
        {
            return new SchemaValue(SchemaForm.Scalar, name, isNullable);
        }

        switch (SchemaWords.Form(name))
        {
            case null:
                throw Error($"'{name}' is no type; write one of {string.Join(", ", SchemaValue.Scalars)}, 'list of' or 'map of' a type, or 'object', 'enum', 'union', 'event' or 'opaque' and a label");
            case SchemaForm.List or SchemaForm.Map:
                Take("of", $"write '{name} of' and a type");
                return new SchemaValue(SchemaWords.Form(name)!.Value, "", isNullable, Value());
            case { } form:
                return new SchemaValue(form, Name(), isNullable);
        }
    }
}
