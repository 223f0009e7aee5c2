using System;
using System.Collections.Generic;
using System.Linq;
using Nagare.Generators;

namespace Nagare.Schema;

/// <summary>Reads <c>nagare.schema</c>. Any order of blocks and lines is read, as a merge leaves it; what is printed has one.</summary>
internal sealed class SchemaReader
{
    private readonly List<SchemaFamily> _families = [];
    private readonly List<SchemaEvent> _events = [];
    private readonly List<SchemaType> _types = [];
    private readonly List<(int Line, string Member, string Former)> _formers = [];

    // The block that is open: of these at most one is not null.
    private SchemaFamily? _family;
    private SchemaEvent? _event;
    private SchemaType? _type;

    private SchemaReader()
    {
    }

    public static SchemaLock Read(string text)
    {
        var reader = new SchemaReader();
        var number = 0;
        var hasHeader = false;
        foreach (var raw in text.Split('\n'))
        {
            number++;
            var line = new SchemaLine(number, raw.TrimEnd('\r').TrimStart('\uFEFF'));
            if (line.IsEmpty)
            {
                continue;
            }

            if (!hasHeader)
            {
                line.Take(SchemaWriter.Header.Split(' ')[0], $"the first line must be '{SchemaWriter.Header}'; run 'nagare schema update' to write the file anew");
                line.Take("1", "this build reads format 1 only; use the version of Nagare that wrote the file");
                line.End();
                hasHeader = true;
            }
            else if (line.IsIndented)
            {
                reader.Fact(line);
            }
            else
            {
                reader.Head(line);
            }
        }

        reader.Close();
        return new SchemaLock { Families = new(reader._families), Events = new(reader._events), Types = new(reader._types) }.Normalized();
    }

    private void Head(SchemaLine line)
    {
        Close();
        switch (line.Word("'family', 'event', 'object', 'enum' or 'union'"))
        {
            case "family":
                _family = new SchemaFamily(line.Name()) { ClrName = line.Comment };
                line.Refuse(_families.Any(other => other.Name == _family.Name), $"family {_family.Name} stands here twice; keep one");
                break;
            case "event":
                _event = new SchemaEvent(line.Name(), line.Name(), line.Number()) { ClrName = line.Comment, IsDraft = line.State(), Reading = Reading(line) };
                line.Refuse(_events.Any(other => (other.Family, other.Name, other.Version) == (_event.Family, _event.Name, _event.Version)), $"{_event} stands here twice; keep one");
                break;
            case var word when SchemaWords.Form(word) is { } form and (SchemaForm.Object or SchemaForm.Enum or SchemaForm.Union):
                _type = new SchemaType(form, line.Name()) { ClrName = line.Comment, IsDraft = line.State(), IsFlags = form == SchemaForm.Enum && line.TakeIf("flags") };
                line.Refuse(_types.Any(other => other.Label == _type.Label), $"{word} {_type.Label} stands here twice; keep one, or give one of them another label");
                break;
            case var word:
                throw line.Error($"'{word}' starts no entry; entries start with 'family', 'event', 'object', 'enum' or 'union', and their facts are indented");
        }

        line.End();
    }

    private void Fact(SchemaLine line)
    {
        var word = line.Word("'member', 'name', 'case', 'former' or 'retired'");
        switch (word)
        {
            case "member" when _event is not null || _type is { Form: SchemaForm.Object }:
                Add(line, line.Member());
                break;
            case "name" when _type is { Form: SchemaForm.Enum }:
            case "case" when _type is { Form: SchemaForm.Union }:
                var name = new SchemaName(line.Name()) { IsDraft = line.TakeIf("draft"), ClrName = line.Comment };
                line.Refuse(_type.Names.Any(other => other.Name == name.Name), $"'{name.Name}' stands here twice; keep one");
                _type = _type with { Names = _type.Names.Append(name).ToEquatableArray() };
                break;
            case "retired":
                Retire(line.Name());
                break;
            case "former":
                Former(line, line.Name());
                break;
            default:
                throw line.Error(_family is null && _event is null && _type is null ? "a fact must stand under its entry; start with 'family', 'event', 'object', 'enum' or 'union'" : $"'{word}' is no fact of this entry");
        }

        line.End();
    }

    private void Add(SchemaLine line, SchemaMember member)
    {
        var members = _event?.Members ?? _type!.Members;
        line.Refuse(members.Any(other => other.Name == member.Name), $"member '{member.Name}' stands here twice; keep one");
        SetMembers(members.Append(member));
    }

    private void Retire(string name)
    {
        _family = _family is null ? null : _family with { Retired = InOrder(_family.Retired.Append(name)) };
        _event = _event is null ? null : _event with { Retired = InOrder(_event.Retired.Append(name)) };
        _type = _type is null ? null : _type with { Retired = InOrder(_type.Retired.Append(name)) };
    }

    private void Former(SchemaLine line, string former)
    {
        if (line.TakeIf("is"))
        {
            line.Refuse(_family is not null, "an event's former name stands under the event");
            _formers.Add((line.LineNumber, line.Name(), former));
            return;
        }

        line.Refuse(_type is not null, "say of which member: 'former OLD is NEW'");
        _family = _family is null ? null : _family with { FormerNames = InOrder(_family.FormerNames.Append(former)) };
        _event = _event is null ? null : _event with { FormerNames = InOrder(_event.FormerNames.Append(former)) };
    }

    // A member's former name may stand above the member.
    private void Close()
    {
        foreach (var (line, name, former) in _formers)
        {
            var members = _event?.Members ?? _type?.Members ?? default;
            var isName = _type?.Names.Any(known => known.Name == name) == true;
            if (!isName && !members.Any(member => member.Name == name))
            {
                throw new SchemaFormatException(line, $"there is no '{name}' in this entry; write 'retired {SchemaWords.Quote(former)}' where it is gone");
            }

            if (isName)
            {
                _type = _type! with { Names = _type.Names.Select(known => known.Name == name ? known with { FormerNames = InOrder(known.FormerNames.Append(former)) } : known).ToEquatableArray() };
                continue;
            }

            SetMembers(members.Select(member => member.Name == name ? member with { FormerNames = InOrder(member.FormerNames.Append(former)) } : member));
        }

        _formers.Clear();
        if (_family is not null)
        {
            _families.Add(_family);
        }
        else if (_event is not null)
        {
            _events.Add(_event);
        }
        else if (_type is not null)
        {
            _types.Add(_type);
        }

        (_family, _event, _type) = (null, null, null);
    }

    private void SetMembers(IEnumerable<SchemaMember> members)
    {
        _event = _event is null ? null : _event with { Members = members.ToEquatableArray() };
        _type = _type is null ? null : _type with { Members = members.ToEquatableArray() };
    }

    private static SchemaReading Reading(SchemaLine line) => line.TakeIf("past") ? SchemaReading.Past : line.TakeIf("past-json") ? SchemaReading.PastJson : SchemaReading.Today;

    private static EquatableArray<string> InOrder(IEnumerable<string> names) => names.Distinct().OrderBy(name => name, StringComparer.Ordinal).ToEquatableArray();
}
