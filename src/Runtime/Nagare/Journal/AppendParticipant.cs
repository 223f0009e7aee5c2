using System.Data.Common;

namespace Nagare;

/// <summary>The caller's code inside an append's transaction: what it writes through the connection commits with the events, or not at all.</summary>
/// <remarks>
/// <para>
/// It runs after the events were inserted, so only for an append that won, and before the commit. It may run again, in a new transaction,
/// when the database ended the first for a reason of the moment (a deadlock, a restart): what it does outside the database is not undone.
/// It never runs for an append id that was stored before.
/// </para>
/// <para>
/// Every other writer of the journal waits meanwhile. It has <c>AppendQueueLimits.ParticipationTime</c>, after which its
/// token is cancelled; it must not append to the same journal otherwise than by returning, and not end the transaction.
/// </para>
/// </remarks>
/// <param name="connection">The provider's connection: a <c>SqliteConnection</c>, <c>NpgsqlConnection</c> and so on. It belongs to the journal.</param>
/// <param name="transaction">The transaction; a command on the connection needs it as its own on most databases.</param>
/// <param name="cancellationToken">Cancelled when the caller gives up and when the time is over.</param>
public delegate ValueTask AppendParticipant(DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken);
