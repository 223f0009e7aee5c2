namespace Nagare.Storage;

/// <summary>Something about a journal's database that a person should know.</summary>
/// <param name="Code">What it is, for programs: lower-case words with dots, stable across releases.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="What">What was found, a sentence.</param>
/// <param name="Why">Why it matters, a sentence.</param>
/// <param name="Advice">What to do about it, a sentence.</param>
public sealed record JournalFinding(string Code, FindingSeverity Severity, string What, string Why, string Advice);

/// <summary>How bad a finding is.</summary>
public enum FindingSeverity
{
    /// <summary>Worth knowing; nothing is wrong.</summary>
    Notice,

    /// <summary>The journal works, and something that was promised is not kept, or will not be for long.</summary>
    Warning,

    /// <summary>The journal cannot be used, or what it holds is not as it was written.</summary>
    Error,
}

/// <summary>How much an examination looks at.</summary>
public enum ExaminationDepth
{
    /// <summary>What a health check asks every few seconds: reachable, tables complete, writable, durable. A few statements.</summary>
    Settings,

    /// <summary>Besides, rights, room and connections, and samples of the events.</summary>
    Sampled,

    /// <summary>The same over every event; takes as long as reading all their keys does.</summary>
    Full,
}
