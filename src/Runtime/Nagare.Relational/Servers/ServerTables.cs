namespace Nagare.Storage;

/// <summary>The tables of a journal on a server, as the statements that make them and the questions that check them.</summary>
public abstract class ServerTables
{
    /// <summary>The version of the tables. A change of a table is a new version and an entry in <see cref="Upgrades"/>.</summary>
    public abstract int FormatVersion { get; }

    /// <summary>Everything, in the order in which it is created; the last statement records the format version.</summary>
    public abstract IReadOnlyList<string> Create { get; }

    /// <summary>For each older version, what makes the next one of it; the last statement records that version.</summary>
    public virtual IReadOnlyDictionary<int, IReadOnlyList<string>> Upgrades { get; } = new Dictionary<int, IReadOnlyList<string>>();

    /// <summary>What the script says before its first statement, so that a person can run it by hand; null for nothing.</summary>
    public virtual string? ScriptHead => null;

    /// <summary>A statement with what ends it in the script, for the tool in which a person runs it.</summary>
    protected virtual string InScript(string statement) => statement + ";";

    /// <summary>Everything as one text, for whoever creates it by hand.</summary>
    public string Script => string.Concat(
        (ScriptHead is { } head ? (string[])[head] : []).Concat(Create).Select(statement => InScript(statement.TrimEnd(';', '\n', ' ')) + "\n\n"));

    /// <summary>Begins a change of tables that nobody else makes meanwhile. Fails, or gives 0, where another process makes one for too long.</summary>
    public abstract string BeginChange { get; }

    /// <summary>Ends the change. A change that failed ends with its connection.</summary>
    public abstract string EndChange { get; }

    /// <summary>Counts the tables of the name <c>nagare_format</c> in the journal's place: 0 or 1.</summary>
    public abstract string CountFormatTables { get; }

    /// <summary>The format version.</summary>
    public abstract string ReadFormat { get; }

    /// <summary>What of the tables, indexes and triggers is missing or switched off: a row each, its name first.</summary>
    public abstract string ReadMissing { get; }
}
