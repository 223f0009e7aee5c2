using Nagare.Storage;

namespace Nagare.Providers.Tests;

/// <summary>What every provider keeps where several write one journal, and when it is closed.</summary>
public abstract class SharingPromises : ProviderPromises
{
    [Fact]
    public async Task A_writer_that_waits_too_long_for_another_says_busy_and_goes_on_afterwards()
    {
        await using var place = await NewPlace();
        await using var journal = await OpenHasty(place);
        await using (await place.HoldHead())
        {
            var busy = await Assert.ThrowsAsync<JournalBusyException>(() => journal.Append(Appends.Of("a"), default).AsTask());
            Assert.Equal(TimeSpan.FromMilliseconds(30), busy.Waited);
        }

        Assert.Equal(1, (await journal.Append(Appends.Of("a"), default)).LastPosition.Value);
    }

    [Fact]
    public async Task Two_that_write_the_same_journal_see_each_other_and_stay_in_order()
    {
        await using var place = await NewPlace();
        await using var one = await place.Open();
        await using var two = await place.Open();
        for (var i = 0; i < 20; i++)
        {
            var writer = i % 2 == 0 ? one : two;
            var result = await writer.Append(Appends.To(Appends.Stream, ExpectedVersion.At(i), Appends.Event($"{i}")), default);
            Assert.Equal(i + 1, result.LastPosition.Value);
            await Assert.ThrowsAsync<WrongExpectedVersionException>(() => (i % 2 == 0 ? two : one).Append(Appends.To(Appends.Stream, ExpectedVersion.At(i), Appends.Event("late")), default).AsTask());
        }

        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => (i % 2 == 0 ? one : two).Append(Appends.Of($"{i}"), default).AsTask()));
        var rows = await one.ReadAll();
        Assert.Equal(Enumerable.Range(1, 220).Select(n => ((long)n, (long)n)), rows.Select(row => (row.Position, row.Version)));
    }

    [Fact]
    public async Task Closing_stores_what_is_queued()
    {
        await using var place = await NewPlace();
        var journal = await place.Open();
        var appends = Enumerable.Range(0, 500).Select(i => journal.Append(Appends.Of($"{i}"), default).AsTask()).ToArray();
        await journal.DisposeAsync();
        await Task.WhenAll(appends);
        await using var reopened = await place.Open();
        Assert.Equal(500, (await reopened.ReadHead(default)).Position);
    }

    [Fact]
    public async Task Closing_while_another_holds_the_journal_fails_what_is_queued_typed()
    {
        await using var place = await NewPlace();
        var journal = await OpenHasty(place, new AppendQueueLimits { MaxBatchAppends = 1 });
        var other = await place.HoldHead();
        var appends = Enumerable.Range(0, 20).Select(i => journal.Append(Appends.Of($"{i}"), default).AsTask()).ToArray();
        await journal.DisposeAsync();
        foreach (var append in appends)
        {
            // Answered when the journal has closed; its caller's own continuations may take a moment more, and nobody waits for ever.
            await Assert.ThrowsAnyAsync<JournalException>(() => append.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        }

        await other.DisposeAsync();
        await using var reopened = await place.Open();
        Assert.Empty(await reopened.ReadAll());
    }
}
