using System.Data;
using System.Data.Common;
using System.Globalization;
using static Nagare.ExpectedVersion;

namespace Nagare.Testing;

/// <summary>T 1–10: the caller's code inside an append's transaction, and an append inside the caller's.</summary>
internal static class TransactionScenarios
{
    private const int Neighbours = 20;
    private const string AllOrNothing = "an append's events and what its caller's code wrote are stored together or not at all";

    public static IReadOnlyList<ConformanceScenario> All { get; } =
    [
        Of("T1", "What the caller's code writes in an append's transaction is stored with the events, and with the answer", StoredTogether),
        Of("T2", "What the caller's code throws reaches its caller as it is, and nothing of it or of the events is left", ThrownAsItIs),
        Of("T3", "An append id that came before does not run the caller's code again, nor does an append that loses", RunOnlyForWinners),
        Of("T4", "An append with the caller's code is committed alone: it fails without its neighbours, and they without it", CommittedAlone),
        Of("T5", "A caller that gives up while its code runs is told so, and nothing is stored", GivenUpInside),
        Of("T6", "Code that takes part and asks for another append to the same journal is refused instead of waiting for itself", NoAppendWithin),
        Of("T7", "An append in the caller's transaction is there when that commits, and not before", ThereAfterTheCommit),
        Of("T8", "An append in a caller's transaction that is rolled back leaves nothing, and no hole", GoneAfterTheRollback),
        Of("T9", "A writer is not fooled by what was appended, or rolled back, in other transactions", WriterIsNotFooled),
        Of("T10", "An append that is refused in a caller's transaction leaves the transaction as it was", RefusedInside),
    ];

    private static StreamId One { get; } = new(Appends.Family, "one");

    private static ConformanceScenario Of(string number, string name, Func<JournalUnderTest, Task> body) =>
        ConformanceScenario.Of(ConformanceGroup.Transactions, number, name, body, JournalCapabilities.SharesTransactions);

    private static async Task StoredTogether(JournalUnderTest journal)
    {
        var table = await journal.Place.CreateTable(journal.Cancellation).ConfigureAwait(false);
        for (var i = 1; i <= journal.Settings.Rounds; i++)
        {
            var result = await journal.Storage.Append(Appends.To(One, At(2 * (i - 1)), 2), Write(table, i), journal.Cancellation).ConfigureAwait(false);
            Promise.Equal((2 * i, new StreamVersion(2 * i)), ((int)result.LastPosition.Value, result.Version), AllOrNothing, "the answer");
            Promise.Equal(i, await Count(journal, table).ConfigureAwait(false), AllOrNothing, "rows of the caller's table after the answer");
        }

        Promise.Equal(2 * journal.Settings.Rounds, (await journal.Sound().ConfigureAwait(false)).Count, AllOrNothing, "events");
    }

    private static async Task ThrownAsItIs(JournalUnderTest journal)
    {
        var table = await journal.Place.CreateTable(journal.Cancellation).ConfigureAwait(false);
        await journal.Append(Appends.To(One, NoStream)).ConfigureAwait(false);
        foreach (var own in (Exception[])[new InvalidTimeZoneException("mine"), new TimeoutException("mine too")])
        {
            var thrown = await Thrown(() => journal.Storage.Append(Appends.To(One, At(1), 3), Failing(own), journal.Cancellation).AsTask()).ConfigureAwait(false);
            Promise.That(ReferenceEquals(own, thrown), "what the caller's code throws reaches its caller as it is", $"{thrown?.GetType().Name ?? "nothing"} came instead of {own.GetType().Name}");
            Promise.Equal(0, await Count(journal, table).ConfigureAwait(false), AllOrNothing, "rows of the caller's table");
            Promise.Equal(1, (await journal.Sound().ConfigureAwait(false)).Count, AllOrNothing, "events");
        }

        // An error of the database's own in the caller's statement is the caller's as well, whatever it means to a journal.
        var refused = await Thrown(() => journal.Storage.Append(Appends.To(One, At(1)), Twice, journal.Cancellation).AsTask()).ConfigureAwait(false);
        Promise.That(refused is DbException, "what the caller's code throws reaches its caller as it is", $"{refused?.GetType().Name ?? "nothing"} came instead of the database's own error");
        Promise.Equal(2L, (await journal.Append(Appends.To(One, At(1))).ConfigureAwait(false)).LastPosition.Value, "what was rolled back burns no position", "the next append");

        AppendParticipant Failing(Exception own) => async (connection, transaction, cancellationToken) =>
        {
            await Write(table, 7)(connection, transaction, cancellationToken).ConfigureAwait(false);
            throw own;
        };

        async ValueTask Twice(DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken)
        {
            await Write(table, 7)(connection, transaction, cancellationToken).ConfigureAwait(false);
            await Write(table, 7)(connection, transaction, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task RunOnlyForWinners(JournalUnderTest journal)
    {
        const string Promised = "the caller's code runs once for an append that is stored, and not for one that is not";
        var runs = 0;
        var id = Guid.CreateVersion7();
        var append = Appends.To(One, NoStream, 2, id);
        await journal.Storage.Append(append, Counting, journal.Cancellation).ConfigureAwait(false);
        var again = await journal.Storage.Append(append, Counting, journal.Cancellation).ConfigureAwait(false);
        Promise.Equal((true, 1), (again.WasStoredBefore, runs), Promised, "whether the second answer says 'stored before', and how often the code ran");
        await Promise.Throws<WrongExpectedVersionException>(() => journal.Storage.Append(Appends.To(One, NoStream), Counting, journal.Cancellation).AsTask(), Promised, "an append that expects no stream").ConfigureAwait(false);
        await Promise.Throws<AppendIdReusedException>(() => journal.Storage.Append(Appends.To(One, Any, 1, id, "other"), Counting, journal.Cancellation).AsTask(), Promised, "the same id with other content").ConfigureAwait(false);
        Promise.Equal(1, runs, Promised, "how often the code ran");

        ValueTask Counting(DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken)
        {
            runs++;
            return default;
        }
    }

    private static async Task CommittedAlone(JournalUnderTest journal)
    {
        const string Promised = "an append with the caller's code takes nobody along when it fails, and is not taken along";
        var table = await journal.Place.CreateTable(journal.Cancellation).ConfigureAwait(false);
        for (var round = 0; round < journal.Settings.Rounds; round++)
        {
            var own = new InvalidTimeZoneException("mine");
            var before = (await journal.Storage.ReadHead(journal.Cancellation).ConfigureAwait(false)).Position;
            var neighbours = Enumerable.Range(0, Neighbours).Select(i => i % 2 == 0
                ? journal.Try(Appends.To(new StreamId(Appends.Family, $"{round}-{i}"), NoStream), journal.Cancellation)
                : journal.Try(Appends.To(new StreamId(Appends.Family, $"{round}-{i}"), Exists), journal.Cancellation));
            var failing = Thrown(() => journal.Storage.Append(Appends.To(One, Any, 3), (_, _, _) => throw own, journal.Cancellation).AsTask());
            var succeeding = journal.Storage.Append(Appends.To(One, Any, 3), Write(table, round), journal.Cancellation).AsTask();
            var outcomes = await Task.WhenAll(neighbours).ConfigureAwait(false);
            await succeeding.ConfigureAwait(false);
            Promise.That(ReferenceEquals(own, await failing.ConfigureAwait(false)), Promised, "the failing append ended in something else than what its code threw");
            Promise.Equal(Neighbours / 2, outcomes.Count(outcome => outcome.IsStored), Promised, "neighbours stored");
            Promise.Equal(Neighbours / 2, outcomes.Count(outcome => outcome.Error is WrongExpectedVersionException), Promised, "neighbours refused for their own reason");
            Promise.Equal(before + (Neighbours / 2) + 3, (await journal.Storage.ReadHead(journal.Cancellation).ConfigureAwait(false)).Position, Promised, "the head");
        }

        Promise.Equal(journal.Settings.Rounds, await Count(journal, table).ConfigureAwait(false), Promised, "rows of the caller's table");
        await journal.Sound().ConfigureAwait(false);
    }

    private static async Task GivenUpInside(JournalUnderTest journal)
    {
        const string Promised = "a caller that gives up before the commit is told 'cancelled', and nothing is stored";
        var table = await journal.Place.CreateTable(journal.Cancellation).ConfigureAwait(false);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(journal.Cancellation);
        var append = Appends.To(One, Any, 2, Guid.CreateVersion7());
        var given = await Thrown(() => journal.Storage.Append(append, GiveUp, patience.Token).AsTask()).ConfigureAwait(false);
        Promise.That(given is OperationCanceledException, Promised, $"{given?.GetType().Name ?? "success"} came");
        var retried = await journal.Storage.Append(append, Write(table, 2), journal.Cancellation).ConfigureAwait(false);
        Promise.Equal((false, 1), (retried.WasStoredBefore, await Count(journal, table).ConfigureAwait(false)), Promised, "whether the next attempt says 'stored before', and the rows of the caller's table");
        Promise.Equal(2, (await journal.Sound().ConfigureAwait(false)).Count, Promised, "events");

        async ValueTask GiveUp(DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken)
        {
            await Write(table, 1)(connection, transaction, cancellationToken).ConfigureAwait(false);
            await patience.CancelAsync().ConfigureAwait(false);
        }
    }

    private static async Task NoAppendWithin(JournalUnderTest journal)
    {
        const string Promised = "code that takes part in an append cannot wait for another append to the same journal";
        Exception? inner = null;
        await journal.Storage.Append(
            Appends.To(One, Any),
            async (_, _, cancellationToken) => inner = await Thrown(() => journal.Storage.Append(Appends.To(One, Any), cancellationToken).AsTask()).ConfigureAwait(false),
            journal.Cancellation).ConfigureAwait(false);
        Promise.That(inner is InvalidOperationException, Promised, $"{inner?.GetType().Name ?? "success"} came from the append within");
        Promise.Equal(1, (await journal.Sound().ConfigureAwait(false)).Count, Promised, "events");
    }

    private static async Task ThereAfterTheCommit(JournalUnderTest journal)
    {
        var table = await journal.Place.CreateTable(journal.Cancellation).ConfigureAwait(false);
        var connection = await journal.Place.Connect(journal.Cancellation).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var id = Guid.CreateVersion7();
            var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, journal.Cancellation).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                await Write(table, 1)(connection, transaction, journal.Cancellation).ConfigureAwait(false);
                var first = await journal.Storage.AppendIn(Appends.To(One, NoStream, 2, id), transaction, journal.Cancellation).ConfigureAwait(false);
                var second = await journal.Storage.AppendIn(Appends.To(One, At(2)), transaction, journal.Cancellation).ConfigureAwait(false);
                var again = await journal.Storage.AppendIn(Appends.To(One, NoStream, 2, id), transaction, journal.Cancellation).ConfigureAwait(false);
                await Write(table, 2)(connection, transaction, journal.Cancellation).ConfigureAwait(false);
                Promise.Equal((2L, 3L, true), (first.LastPosition.Value, second.LastPosition.Value, again.WasStoredBefore), AllOrNothing, "the answers inside the transaction");
                Promise.Equal(0L, (await journal.Storage.ReadHead(journal.Cancellation).ConfigureAwait(false)).Position, "what is not committed is seen by nobody", "the head before the commit");
                await transaction.CommitAsync(journal.Cancellation).ConfigureAwait(false);
            }
        }

        Promise.Equal(3, (await journal.Sound().ConfigureAwait(false)).Count, AllOrNothing, "events after the commit");
        Promise.Equal(2, await Count(journal, table).ConfigureAwait(false), AllOrNothing, "rows of the caller's table");
    }

    private static async Task GoneAfterTheRollback(JournalUnderTest journal)
    {
        await journal.Append(Appends.To(One, NoStream)).ConfigureAwait(false);
        await InTransaction(journal, commits: false, transaction => journal.Storage.AppendIn(Appends.To(One, At(1), 5), transaction, journal.Cancellation).AsTask()).ConfigureAwait(false);
        Promise.Equal(1, (await journal.Sound().ConfigureAwait(false)).Count, "what is rolled back was never there", "events");
        Promise.Equal(2L, (await journal.Append(Appends.To(One, At(1))).ConfigureAwait(false)).LastPosition.Value, "what is rolled back burns no position", "the next append");
    }

    private static async Task WriterIsNotFooled(JournalUnderTest journal)
    {
        const string Promised = "a writer appends to what is committed, whoever wrote it";
        var version = (await journal.Append(Appends.To(One, NoStream)).ConfigureAwait(false)).Version.Value;
        for (var round = 0; round < 2 * journal.Settings.Rounds; round++)
        {
            var commits = round % 2 == 0;
            await InTransaction(journal, commits, transaction => journal.Storage.AppendIn(Appends.To(One, At(version), 2), transaction, journal.Cancellation).AsTask()).ConfigureAwait(false);
            version += commits ? 2 : 0;
            var conflict = await Promise.Throws<WrongExpectedVersionException>(() => journal.Append(Appends.To(One, At(version + (commits ? -2 : 2)))), Promised, "a stale expectation").ConfigureAwait(false);
            Promise.Equal(new StreamVersion(version), conflict.Actual, Promised, "the version found");
            version = (await journal.Append(Appends.To(One, At(version))).ConfigureAwait(false)).Version.Value;
        }

        Promise.Equal((int)version, (await journal.Sound().ConfigureAwait(false)).Count, Promised, "events");
    }

    private static async Task RefusedInside(JournalUnderTest journal)
    {
        const string Promised = "an append that is refused leaves its caller's transaction as it was";
        var table = await journal.Place.CreateTable(journal.Cancellation).ConfigureAwait(false);
        await journal.Append(Appends.To(One, NoStream)).ConfigureAwait(false);
        await InTransaction(journal, commits: true, async transaction =>
        {
            await Write(table, 1)(transaction.Connection!, transaction, journal.Cancellation).ConfigureAwait(false);
            await Promise.Throws<WrongExpectedVersionException>(() => journal.Storage.AppendIn(Appends.To(One, NoStream), transaction, journal.Cancellation).AsTask(), Promised, "an append that expects no stream").ConfigureAwait(false);
            await Write(table, 2)(transaction.Connection!, transaction, journal.Cancellation).ConfigureAwait(false);
            await journal.Storage.AppendIn(Appends.To(One, At(1)), transaction, journal.Cancellation).ConfigureAwait(false);
        }).ConfigureAwait(false);
        Promise.Equal((2, 2), ((await journal.Sound().ConfigureAwait(false)).Count, await Count(journal, table).ConfigureAwait(false)), Promised, "events, and rows of the caller's table");

        DbTransaction? ended = null;
        await InTransaction(journal, commits: true, transaction =>
        {
            ended = transaction;
            return Task.CompletedTask;
        }).ConfigureAwait(false);
        await Promise.Throws<JournalTransactionException>(() => journal.Storage.AppendIn(Appends.To(One, Any), ended!, journal.Cancellation).AsTask(), "an append in a transaction that has ended is refused with its own error", "it").ConfigureAwait(false);
    }

    private static async Task InTransaction(JournalUnderTest journal, bool commits, Func<DbTransaction, Task> work)
    {
        var connection = await journal.Place.Connect(journal.Cancellation).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, journal.Cancellation).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                await work(transaction).ConfigureAwait(false);
                await (commits ? transaction.CommitAsync(journal.Cancellation) : transaction.RollbackAsync(journal.Cancellation)).ConfigureAwait(false);
            }
        }
    }

    private static AppendParticipant Write(string table, int number) => async (connection, transaction, cancellationToken) =>
        await Run(connection, transaction, string.Create(CultureInfo.InvariantCulture, $"insert into {table} (id, n) values ('row-{number}', {number})"), cancellationToken).ConfigureAwait(false);

    private static async Task<int> Count(JournalUnderTest journal, string table)
    {
        var connection = await journal.Place.Connect(journal.Cancellation).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            return Convert.ToInt32(await Run(connection, null, $"select count(*) from {table}", journal.Cancellation).ConfigureAwait(false), CultureInfo.InvariantCulture);
        }
    }

    private static async Task<object?> Run(DbConnection connection, DbTransaction? transaction, string sql, CancellationToken cancellationToken)
    {
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.Transaction = transaction;
            command.CommandText = sql;
            return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<Exception?> Thrown(Func<Task> call)
    {
        try
        {
            await call().ConfigureAwait(false);
            return null;
        }
        catch (Exception thrown)
        {
            return thrown;
        }
    }
}
