namespace Nagare.Storage;

/// <summary>A transaction as statements.</summary>
/// <param name="Begin">Begins one that writes, each statement of which sees what was committed before the statement.</param>
/// <param name="Commit">Commits it.</param>
/// <param name="Rollback">Rolls it back.</param>
public sealed record TransactionStatements(string Begin, string Commit, string Rollback);
