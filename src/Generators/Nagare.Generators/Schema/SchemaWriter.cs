using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using Nagare.Generators;

namespace Nagare.Schema;

/// <summary>Prints a schema: one fact a line, ordinal order, LF, no hash and no time, so that equal schemas are equal bytes.</summary>
internal static class SchemaWriter
{
    public const string Header = "nagare-schema 1";

    // A type inside many events is printed with each.
    private static readonly ConditionalWeakTable<SchemaType, string> Types = new();

    public static string Write(SchemaLock schema)
    {
        schema = schema.Normalized();
        var text = new StringBuilder();
        Line(text, Header, "what stored events look like; written by 'nagare schema update' and the code fixes, read in review");
        var facts = new List<(string Fact, string? Comment)>();
        foreach (var family in schema.Families)
        {
            text.Append('\n');
            Line(text, $"family {SchemaWords.Quote(family.Name)}", family.ClrName);
            AddFormers(facts, family.FormerNames);
            AddRetired(facts, family.Retired);
            Block(text, facts);
        }

        foreach (var e in schema.Events)
        {
            text.Append('\n');
            Line(text, EventHead(e), e.ClrName);
            AddFormers(facts, e.FormerNames);
            AddMembers(facts, e.Members);
            AddRetired(facts, e.Retired);
            Block(text, facts);
        }

        foreach (var type in schema.Types)
        {
            text.Append(Types.GetValue(type, Type));
        }

        return text.ToString();
    }

    private static string Type(SchemaType type)
    {
        var text = new StringBuilder("\n");
        var facts = new List<(string Fact, string? Comment)>();
        Line(text, $"{SchemaWords.Of(type.Form)} {SchemaWords.Quote(type.Label)} {State(type.IsDraft)}{(type.IsFlags ? " flags" : "")}", type.ClrName);
        AddMembers(facts, type.Members);
        AddNames(facts, type.Names, type.Form == SchemaForm.Union ? "case" : "name");
        AddRetired(facts, type.Retired);
        Block(text, facts);
        return text.ToString();
    }

    /// <summary>The line of an event's head.</summary>
    public static string EventHead(SchemaEvent e) => string.Concat(
        $"event {SchemaWords.Quote(e.Family)} {SchemaWords.Quote(e.Name)} {e.Version.ToString(CultureInfo.InvariantCulture)} {State(e.IsDraft)}",
        e.Reading switch { SchemaReading.Past => " past", SchemaReading.PastJson => " past-json", _ => "" });

    /// <summary>The line of a member, without its indent.</summary>
    public static string Member(SchemaMember member) => string.Concat(
        $"member {SchemaWords.Quote(member.Name)} {member.Value}",
        member.IsOptional ? " optional" : "",
        member.Default is null ? "" : $" default {SchemaWords.Quote(member.Default)}",
        member.Omission switch { SchemaOmission.WhenNull => " omitted null", SchemaOmission.WhenDefault => " omitted default", _ => "" },
        member.IsDraft ? " draft" : "");

    private static void AddMembers(List<(string, string?)> facts, EquatableArray<SchemaMember> members)
    {
        for (var i = 0; i < members.Count; i++)
        {
            facts.Add((Member(members[i]), members[i].ClrName));
            AddFormers(facts, members[i].FormerNames, members[i].Name);
        }
    }

    private static void AddNames(List<(string, string?)> facts, EquatableArray<SchemaName> names, string word)
    {
        for (var i = 0; i < names.Count; i++)
        {
            facts.Add(($"{word} {SchemaWords.Quote(names[i].Name)}{(names[i].IsDraft ? " draft" : "")}", names[i].ClrName));
            AddFormers(facts, names[i].FormerNames, names[i].Name);
        }
    }

    private static void AddFormers(List<(string, string?)> facts, EquatableArray<string> formers, string? name = null)
    {
        for (var i = 0; i < formers.Count; i++)
        {
            facts.Add(($"former {SchemaWords.Quote(formers[i])}{(name is null ? "" : " is " + SchemaWords.Quote(name))}", null));
        }
    }

    private static void AddRetired(List<(string, string?)> facts, EquatableArray<string> names)
    {
        for (var i = 0; i < names.Count; i++)
        {
            facts.Add(($"retired {SchemaWords.Quote(names[i])}", null));
        }
    }

    private static string State(bool isDraft) => isDraft ? "draft" : "sealed";

    private static void Block(StringBuilder text, List<(string Fact, string? Comment)> facts)
    {
        foreach (var (fact, comment) in IsInOrder(facts) ? (IEnumerable<(string, string?)>)facts : facts.OrderBy(static line => line.Fact, System.StringComparer.Ordinal))
        {
            text.Append("  ");
            Line(text, fact, comment);
        }

        facts.Clear();
    }

    private static bool IsInOrder(List<(string Fact, string? Comment)> facts)
    {
        for (var i = 1; i < facts.Count; i++)
        {
            if (string.CompareOrdinal(facts[i - 1].Fact, facts[i].Fact) > 0)
            {
                return false;
            }
        }

        return true;
    }

    private static void Line(StringBuilder text, string fact, string? comment)
    {
        text.Append(fact);
        if (!string.IsNullOrEmpty(comment))
        {
            text.Append("  # ").Append(comment);
        }

        text.Append('\n');
    }
}
