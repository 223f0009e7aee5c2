using Nagare.Storage;
using Stage = Nagare.Relational.Tests.FakeDatabase.Stage;

namespace Nagare.Relational.Tests;

public class RestoreTests
{
    private static readonly RestoreRecord Record = new(7, "export.jsonl", 0);

    [Fact]
    public async Task A_commit_that_fails_is_a_typed_error_and_nothing_is_stored()
    {
        var database = new FakeDatabase { At = stage => Fail(stage, Stage.BeforeCommit) };
        await using var journal = await FakeJournal.Opened(database);
        var refused = await Assert.ThrowsAsync<RestoreException>(() => Restore(journal, 3));
        Assert.Contains("The restore could not be committed: the line went dead. Nothing was stored.", refused.Message, StringComparison.Ordinal);
        Assert.IsType<IOException>(refused.InnerException);
        Assert.Empty(database.Rows);

        database.At = _ => { };
        Assert.Equal(3, (await Restore(journal, 3)).Position);
    }

    [Fact]
    public async Task A_commit_whose_answer_is_lost_is_found_to_be_stored()
    {
        var database = new FakeDatabase { At = stage => Fail(stage, Stage.AfterCommit) };
        await using var journal = await FakeJournal.Opened(database);
        Assert.Equal(3, (await Restore(journal, 3)).Position);
        Assert.Equal(3, database.Rows.Count);
    }

    [Theory]
    [InlineData((int)Stage.BeforeCommit, 0)]
    [InlineData((int)Stage.AfterCommit, 3)]
    public async Task Where_the_journal_cannot_be_asked_the_outcome_is_unknown_and_its_head_tells_later(int lost, int stored)
    {
        var isLost = false;
        var database = new FakeDatabase();
        database.At = stage =>
        {
            isLost |= stage == (Stage)lost;
            Fail(isLost, "the line went dead.");
        };
        await using var journal = await FakeJournal.Opened(database);
        var unknown = await Assert.ThrowsAsync<RestoreOutcomeUnknownException>(() => Restore(journal, 3));
        Assert.Contains("the line went dead. Read the journal's head", unknown.Message, StringComparison.Ordinal);
        Assert.Equal(stored, database.Rows.Count);
    }

    [Fact]
    public async Task A_restore_of_nothing_leaves_nothing_to_ask_for()
    {
        var database = new FakeDatabase { At = stage => Fail(stage, Stage.AfterCommit) };
        await using var journal = await FakeJournal.Opened(database);
        await Assert.ThrowsAsync<RestoreOutcomeUnknownException>(() => Restore(journal, 0));
    }

    [Fact]
    public async Task A_typed_failure_stays_what_it_is()
    {
        var busy = new JournalBusyException(TimeSpan.FromSeconds(1));
        var database = new FakeDatabase { At = stage => { if (stage == Stage.BeforeCommit) { throw busy; } } };
        await using var journal = await FakeJournal.Opened(database);
        Assert.Same(busy, await Assert.ThrowsAsync<JournalBusyException>(() => Restore(journal, 3)));
        Assert.Empty(database.Rows);
    }

    private static void Fail(Stage stage, Stage at) => Fail(stage == at, "the line went dead.");

    private static void Fail(bool fails, string how)
    {
        if (fails)
        {
            throw new IOException(how);
        }
    }

    private static Task<JournalHead> Restore(FakeJournal journal, int events) => journal.Restore(Rows(events), [], Record, default).AsTask();

    private static async IAsyncEnumerable<StoredRow> Rows(int events)
    {
        var id = Guid.CreateVersion7();
        for (var i = 0; i < events; i++)
        {
            await Task.Yield();
            yield return new StoredRow
            {
                Position = i + 1,
                StreamId = "note/n-1",
                Version = i + 1,
                EventId = EventIds.At(id, i),
                Family = "note",
                Type = "noted",
                SchemaVersion = 1,
                Data = "{}"u8.ToArray(),
                RecordedAt = i,
                Salt = default,
                ContentHash = default,
            };
        }
    }
}
