using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Nagare.Schema;

/// <summary>Prints a schema: one fact a line, ordinal order, LF, no hash and no time, so that equal schemas are equal bytes.</summary>
internal static class SchemaWriter
{
    public const string Header = "nagare-schema 1";

    public static string Write(SchemaLock schema)
    {
        schema = schema.Normalized();
        var text = new StringBuilder();
        Line(text, Header, "what stored events look like; written by 'nagare schema update' and the code fixes, read in review");
        foreach (var family in schema.Families)
        {
            text.Append('\n');
            Line(text, $"family {SchemaWords.Quote(family.Name)}", family.ClrName);
            Block(text, family.FormerNames.Select(name => ($"former {SchemaWords.Quote(name)}", (string?)null)).Concat(Retired(family.Retired)));
        }

        foreach (var e in schema.Events)
        {
            text.Append('\n');
            Line(text, EventHead(e), e.ClrName);
            Block(text, e.FormerNames.Select(name => ($"former {SchemaWords.Quote(name)}", (string?)null)).Concat(Members(e.Members)).Concat(Retired(e.Retired)));
        }

        foreach (var type in schema.Types)
        {
            text.Append('\n');
            Line(text, $"{SchemaWords.Of(type.Form)} {SchemaWords.Quote(type.Label)} {State(type.IsDraft)}{(type.IsFlags ? " flags" : "")}", type.ClrName);
            var word = type.Form == SchemaForm.Union ? "case" : "name";
            Block(text, Members(type.Members)
                .Concat(type.Names.SelectMany(name => Formers(name.FormerNames, name.Name).Prepend(($"{word} {SchemaWords.Quote(name.Name)}{(name.IsDraft ? " draft" : "")}", name.ClrName))))
                .Concat(Retired(type.Retired)));
        }

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

    private static IEnumerable<(string, string?)> Members(IEnumerable<SchemaMember> members) => members.SelectMany(member =>
        Formers(member.FormerNames, member.Name).Prepend((Member(member), member.ClrName)));

    private static IEnumerable<(string, string?)> Formers(IEnumerable<string> formers, string name) =>
        formers.Select(former => ($"former {SchemaWords.Quote(former)} is {SchemaWords.Quote(name)}", (string?)null));

    private static IEnumerable<(string, string?)> Retired(IEnumerable<string> names) => names.Select(name => ($"retired {SchemaWords.Quote(name)}", (string?)null));

    private static string State(bool isDraft) => isDraft ? "draft" : "sealed";

    private static void Block(StringBuilder text, IEnumerable<(string Fact, string? Comment)> lines)
    {
        foreach (var (fact, comment) in lines.OrderBy(line => line.Fact, System.StringComparer.Ordinal))
        {
            text.Append("  ");
            Line(text, fact, comment);
        }
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
