using Nagare.Storage;
using Stage = Nagare.Relational.Tests.FakeDatabase.Stage;

namespace Nagare.Relational.Tests;

/// <summary>A request that was cut off may arrive after it was looked for: networks deliver late what a client has given up.</summary>
public class LateArrivalTests
{
    private static readonly RetrySchedule TwoMoreAttempts = new([TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1)]);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Arriving_between_the_lookup_and_the_next_attempt_it_is_stored_once_and_acknowledged_as_new(int events)
    {
        var database = new FakeDatabase { StoresAtOnce = true };
        await using var journal = await Opened(database);
        await journal.Append(Appends.Of("first"), default);
        ArriveAtBegin(database, 2);
        var result = await journal.Append(Appends.To(Appends.Stream, ExpectedVersion.Any, [.. Enumerable.Range(0, events).Select(i => $"{i}")]), default);
        Assert.Equal((2L, 1L + events, false), (result.FirstPosition.Value, result.LastPosition.Value, result.WasStoredBefore));
        Assert.Equal(1 + events, database.Rows.Count);
    }

    [Fact]
    public async Task Arriving_after_the_next_attempt_it_stores_nothing()
    {
        var database = new FakeDatabase { StoresAtOnce = true };
        await using var journal = await Opened(database);
        await journal.Append(Appends.Of("first"), default);
        database.DelaysNextTrip = true;
        var result = await journal.Append(Appends.Of("second"), default);
        database.ArriveLate();
        Assert.Equal((2L, false), (result.LastPosition.Value, result.WasStoredBefore));
        Assert.Equal(2, database.Rows.Count);
    }

    [Fact]
    public async Task Where_no_later_attempt_comes_through_its_outcome_is_unknown_and_the_id_settles_it()
    {
        var database = new FakeDatabase { StoresAtOnce = true };
        await using var journal = await Opened(database);
        await journal.Append(Appends.Of("first"), default);
        var begins = 0;
        database.DelaysNextTrip = true;
        database.At = stage =>
        {
            // The lookup comes through; from then on the server is gone.
            if (stage == Stage.Begin && ++begins > 1)
            {
                throw new TransientFailureException("down");
            }
        };
        var id = Guid.CreateVersion7();
        var unknown = await Assert.ThrowsAsync<AppendOutcomeUnknownException>(() => journal.Append(Appends.WithId(id, "second"), default).AsTask());
        Assert.Equal(id, unknown.AppendId);

        database.At = _ => { };
        database.ArriveLate();
        Assert.True((await journal.Append(Appends.WithId(id, "second"), default)).WasStoredBefore);
        Assert.Equal(2, database.Rows.Count);
    }

    private static async Task<FakeJournal> Opened(FakeDatabase database)
    {
        var journal = new FakeJournal(database, TwoMoreAttempts);
        await journal.Open(default);
        return journal;
    }

    // The first transaction after the cut looks the append up, the second is the next attempt.
    private static void ArriveAtBegin(FakeDatabase database, int begin)
    {
        database.DelaysNextTrip = true;
        database.At = stage =>
        {
            if (stage == Stage.Begin && --begin == 0)
            {
                database.ArriveLate();
            }
        };
    }
}
