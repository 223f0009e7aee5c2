namespace Nagare.Storage;

/// <summary>Findings that every database can have, in the same words.</summary>
public static class CommonFindings
{
    /// <summary>The database cannot be reached.</summary>
    public static JournalFinding Unreachable(string message) => new(
        "database.unreachable",
        FindingSeverity.Error,
        message,
        "Nothing can be stored or read.",
        "Check that the database runs, that its name, port and password are right, and that the network reaches it.");

    /// <summary>The database refused a question.</summary>
    public static JournalFinding Refused(string message) => new(
        "database.refused",
        FindingSeverity.Error,
        message,
        "What could not be asked could not be checked.",
        "Give this role the rights to read the journal, or ask as another one.");

    /// <summary>The engine is one on which a journal does not keep its promises.</summary>
    public static JournalFinding Unfit(string message) => new(
        "database.unfit",
        FindingSeverity.Error,
        message,
        "A journal refuses to open there, because it would lose data or mix up ids.",
        "Upgrade or set up the database as said.");

    /// <summary>The tables are not there, or of another format.</summary>
    public static JournalFinding WrongSchema(string message) => new(
        "schema.format",
        FindingSeverity.Error,
        message,
        "The journal refuses to open, and nothing can be stored or read.",
        "'nagare schema-sql' prints the statements that make the tables.");

    /// <summary>Parts of the tables are missing or switched off.</summary>
    public static JournalFinding IncompleteSchema(string place, IEnumerable<string> missing) => new(
        "schema.incomplete",
        FindingSeverity.Error,
        $"Of the journal in {place} are missing, changed or switched off: {string.Join(", ", missing.Order(StringComparer.Ordinal))}.",
        "Without its unique keys a journal can store an event twice, without its triggers stored events can be changed, without its other indexes reads scan the whole table.",
        "Compare with 'nagare schema-sql', put back what is missing, and find out who took it.");

    /// <summary>The row that every writer locks is gone.</summary>
    public static JournalFinding NoHead(string place) => new(
        "events.head",
        FindingSeverity.Error,
        $"The journal in {place} has no head: nagare_head was emptied.",
        "Nothing can be stored.",
        "Find out who wrote to the tables; restore from an export or a backup.");

    /// <summary>Somebody else's triggers or rules act on the journal's tables.</summary>
    public static JournalFinding ForeignTriggers(string place, IEnumerable<string> names) => new(
        "schema.foreign",
        FindingSeverity.Warning,
        $"On the tables of the journal in {place} are triggers or rules that are not Nagare's: {VisibleText.Line(string.Join(", ", names.Order(StringComparer.Ordinal)))}.",
        "They can change, drop or slow down what is appended, in every append's transaction.",
        "Remove them; to react to events, follow the journal instead.");

    /// <summary>The database acknowledges what it has not flushed.</summary>
    /// <param name="setting">The setting's name.</param>
    /// <param name="value">What it is set to.</param>
    /// <param name="lost">What is lost, and when: a clause that goes on after "so".</param>
    /// <param name="advice">How to set it.</param>
    public static JournalFinding NotDurable(string setting, string value, string lost, string advice) => new(
        $"durability.{setting}",
        FindingSeverity.Warning,
        $"{setting} is {value}: appends are acknowledged before they are on the disk.",
        $"An acknowledgement is a promise, so {lost}.",
        advice);

    /// <summary>Whoever asks may do more than an application needs.</summary>
    /// <param name="what">Who may do what.</param>
    /// <param name="advice">How to give less.</param>
    public static JournalFinding WideRights(string what, string advice) => new(
        "rights.wide",
        FindingSeverity.Warning,
        what,
        "An application needs to read, to insert events and to move the head; whoever may do more can switch off what keeps events from being changed.",
        advice);

    /// <summary>Whoever asks may do less than an application needs.</summary>
    /// <param name="what">Who lacks what.</param>
    /// <param name="advice">How to give it.</param>
    public static JournalFinding MissingRights(string what, string advice) => new(
        "rights.missing",
        FindingSeverity.Error,
        what,
        "Appends or reads fail.",
        advice);

    /// <summary>The database takes no writes.</summary>
    public static JournalFinding ReadOnly(string what, FindingSeverity severity = FindingSeverity.Error) => new(
        "database.readonly",
        severity,
        what,
        "Every append fails.",
        "Connect to the primary, or give write access back.");
}
