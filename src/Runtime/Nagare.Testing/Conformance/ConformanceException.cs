namespace Nagare.Testing;

/// <summary>A journal does not keep a promise: what was promised, and what was found.</summary>
public sealed class ConformanceException(string promised, string found, Exception? inner = null)
    : Exception($"Promised: {promised}{Environment.NewLine}Found:    {found}", inner)
{
    /// <summary>What every journal promises.</summary>
    public string Promised { get; } = promised;

    /// <summary>What this one did.</summary>
    public string Found { get; } = found;
}

/// <summary>A scenario was run against a fixture that does not enrol what it needs. It did not pass; it is missing.</summary>
public sealed class CapabilityMissingException(string scenario, string fixture, JournalCapabilities missing)
    : Exception($"{fixture} does not enrol {missing}, which '{scenario}' needs: the scenario is missing, not passed.")
{
    /// <summary>What is not enrolled.</summary>
    public JournalCapabilities Missing { get; } = missing;
}
