using System.Linq;
using Microsoft.CodeAnalysis;
using Nagare.Schema;

namespace Nagare.Analyzers;

/// <summary>The rules about changes of stored shapes, and which of them a change falls under.</summary>
internal static class SchemaLockRules
{
    public const string BreakId = "NAG2020";
    public const string RolloutId = "NAG2021";
    public const string MissingId = "NAG2022";
    public const string BehindId = "NAG2023";
    public const string UnreadableId = "NAG2025";
    public const string RenameId = "NAG2026";
    public const string NoLockId = "NAG2027";

    private const string Category = RuleCategories.Evolution;

    private static readonly ChangeKind[] Renames = [ChangeKind.MemberRenamed, ChangeKind.MemberCaseChanged, ChangeKind.EnumNameRenamed, ChangeKind.EventRenamed];

    public static readonly DiagnosticDescriptor Break = Rule(
        BreakId,
        "A change makes stored events unreadable",
        "{0}; stored events could not be read: {1}",
        DiagnosticSeverity.Error,
        "The shape of a sealed event changed so that what is stored is refused, or silently read as something else. Take the change back, or bump the version and write an upcaster.");

    public static readonly DiagnosticDescriptor Rollout = Rule(
        RolloutId,
        "Older code could not read what this stores",
        "{0}; code that is deployed today could not read new events: {1}",
        DiagnosticSeverity.Warning,
        "During a rolling deploy, and after a rollback, older code meets newer events. Deploy readers first, then record the change in the lock.");

    public static readonly DiagnosticDescriptor Missing = Rule(
        MissingId,
        "An event is missing from the schema lock",
        "{0}; nagare.schema does not have '{1}'",
        DiagnosticSeverity.Warning,
        "Every stored shape is a line of nagare.schema, so that a reviewer sees it. New entries are drafts until they are sealed by a release.");

    public static readonly DiagnosticDescriptor Behind = Rule(
        BehindId,
        "The schema lock is behind the code",
        "{0}; {1}",
        DiagnosticSeverity.Warning,
        "A safe change, or a change of a draft, that nagare.schema does not have yet.");

    public static readonly DiagnosticDescriptor Unreadable = Rule(
        UnreadableId,
        "The schema lock cannot be read",
        "{0}",
        DiagnosticSeverity.Error,
        "A line of nagare.schema is none of its format. Nothing is compared until it is.");

    public static readonly DiagnosticDescriptor Rename = Rule(
        RenameId,
        "A stored name changed without its former name",
        "{0}; stored events could not be read: {1}",
        DiagnosticSeverity.Error,
        "A stored name went and one like it came. A former name lets stored events be read as before.");

    public static readonly DiagnosticDescriptor NoLock = Rule(
        NoLockId,
        "Stored shapes are not locked",
        "The shapes of '{0}' are not locked: run 'nagare schema update' to create nagare.schema beside the project, and commit it",
        DiagnosticSeverity.Info,
        "Without nagare.schema, no build sees a change that makes stored events unreadable.");

    /// <summary>The rule that a change falls under, or null for one that nobody needs to hear about.</summary>
    public static DiagnosticDescriptor? Of(SchemaChange change) => change.Kind switch
    {
        // A comment is out of date; NAG0014 says the other.
        ChangeKind.ClrNameChanged or ChangeKind.EnumStoredByNumber => null,
        _ when change.IsDraft => Behind,
        ChangeKind.EventAdded or ChangeKind.PastEventAdded or ChangeKind.VersionBumpedWithUpcaster => Missing,
        _ when Renames.Contains(change.Kind) => Rename,
        _ when change.BreaksRead => Break,
        _ when change.BreaksRollout => Rollout,
        _ => Behind,
    };

    /// <summary>What a rule's message says of a change.</summary>
    public static object[] Arguments(DiagnosticDescriptor rule, SchemaChange change) =>
        [change.ToString(), rule == Missing ? change.After! : change.IsDraft ? "the draft follows the code: update it" : change.Row.WayOut];

    private static DiagnosticDescriptor Rule(string id, string title, string message, DiagnosticSeverity severity, string description) =>
        new(id, title, message, Category, severity, isEnabledByDefault: true, description, HelpPages.Of(id));
}
