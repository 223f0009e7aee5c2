using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Nagare.Storage;
using static Nagare.ExpectedVersion;

namespace Nagare.Testing;

/// <summary>
/// Every verb of a named journal, tried with everything that is known of another tenant's. The one list: a test of Nagare's own compares it with the public methods of all
/// services, so that a new verb cannot be left out. Each gives back what it got, as text, and may write into its own journal.
/// </summary>
internal static class TenantVerbs
{
    // It holds of nothing: a search finds whatever event it meets first.
    private static InvariantRule Never { get; } = InvariantRule.OverEvent<ConformanceEvent>("never", "Nothing is ever noted.", monotone: true, static (_, _) => InvariantResult.Fails("met"));

    public static IReadOnlyDictionary<string, Func<TenantCrossing, Task<string>>> All { get; } = new Dictionary<string, Func<TenantCrossing, Task<string>>>(StringComparer.Ordinal)
    {
        // The journal.
        ["IJournal.Append"] = Append,
        ["IJournal.AppendIn"] = RefusedCall(at => at.Own.Journal.AppendIn(null!, Request(at), at.Cancellation)),
        ["IJournal.FindAppend"] = async at => $"{await at.Own.Journal.FindAppend(at.Stored.AppendId, at.Cancellation).ConfigureAwait(false)}",
        ["IJournal.Read"] = async at => await Each(at.Scopes, scope => TenantCrossing.Text(at.Own.Journal.Read(scope, ReadDirection.Backwards, at.Cancellation))).ConfigureAwait(false),
        ["IJournal.Find"] = async at => await Each(at.EventIds, async id => await at.Own.Journal.Find(id, at.Cancellation).ConfigureAwait(false) is { } found ? TenantCrossing.Text(found) : "").ConfigureAwait(false),
        ["IJournal.Head"] = async at => $"{await at.Own.Journal.Head(at.Cancellation).ConfigureAwait(false)}",

        // States.
        ["IAggregateRepository`1.Load"] = async at => $"{await Tallies(at).Load(at.Stream, at.Cancellation).ConfigureAwait(false)}",
        ["IAggregateRepository`1.LoadAtVersion"] = Refused(async at => $"{await Tallies(at).LoadAtVersion(at.Stream, 1, at.Cancellation).ConfigureAwait(false)}"),
        ["IAggregateRepository`1.LoadAsOf"] = async at => $"{await Tallies(at).LoadAsOf(at.Stream, at.Stored.LastPosition, at.Cancellation).ConfigureAwait(false)} {await Tallies(at).LoadAsOf(at.Stream, DateTimeOffset.MaxValue, at.Cancellation).ConfigureAwait(false)}",
        ["IAggregateRepository`1.Execute"] = async at => $"{(await Tallies(at).Execute(at.Stream, state => Decision.From((object)new ConformanceEvent.Noted($"after {state.Notes}")), at.Cancellation).ConfigureAwait(false)).Aggregate}",
        ["IAggregateRepository`1.Append"] = async at => $"{await Tallies(at).Append(at.Stream, Any, [new ConformanceEvent.Noted("own")], at.Cancellation).ConfigureAwait(false)}",
        ["IAggregateRepository`1.Steps"] = async at => await Each(Tallies(at).Steps(at.Stream, at.Cancellation), step => $"{step}").ConfigureAwait(false),
        ["IAggregateRepository`1.Diff"] = Refused(async at => $"{await Tallies(at).Diff(at.Stream, 0, 1, at.Cancellation).ConfigureAwait(false)}"),
        ["IAggregateRepository`1.Describe"] = async at => $"{await Tallies(at).Describe(at.Stream, at.Cancellation).ConfigureAwait(false)}",
        ["IAggregateRepository`1.Blame"] = Refused(async at => string.Concat(await Tallies(at).Blame(at.Stream, 1, at.Cancellation).ConfigureAwait(false))),
        ["AggregateInspector.Describe"] = async at => $"{await Inspector(at).Describe(at.Stream, at.Cancellation).ConfigureAwait(false)}",
        ["AggregateInspector.Diff"] = Refused(async at => $"{await Inspector(at).Diff(at.Stream, 0, 1, at.Cancellation).ConfigureAwait(false)}"),
        ["AggregateInspector.Blame"] = Refused(async at => string.Concat(await Inspector(at).Blame(at.Stream, 1, at.Cancellation).ConfigureAwait(false))),
        ["AggregateInspector.Steps"] = async at => await Each(Inspector(at).Steps(at.Stream, at.Cancellation), step => $"{step}").ConfigureAwait(false),
        ["AggregateInspector.Folds"] = at => Task.FromResult($"{Inspector(at).Folds(Appends.Family)}"),

        // Questions.
        ["IBisect.Find"] = async at => await Each(at.Scopes, async scope => Text(await at.Own.Bisect.Find(Never, scope, at.Cancellation).ConfigureAwait(false))).ConfigureAwait(false),
        ["IBisect.FindEach"] = async at => await Each(at.Scopes, async scope => string.Concat((await at.Own.Bisect.FindEach([Never], scope, null, at.Cancellation).ConfigureAwait(false)).Select(Text))).ConfigureAwait(false),
        ["IBisect.FindInEachStream"] = async at => await Each(at.Own.Bisect.FindInEachStream(Never, JournalScope.Everything, at.Cancellation), violation => TenantCrossing.Text(violation.Event)).ConfigureAwait(false),
        ["IBisect.Timeline"] = async at => string.Concat((await at.Own.Bisect.Timeline(at.Stream, at.Cancellation).ConfigureAwait(false)).Select(Text)),
        ["ILineage.Causes"] = Refused(async at => await Each(at.EventIds, async id => (await at.Own.Lineage.Causes(id, at.Cancellation).ConfigureAwait(false)).ToJson()).ConfigureAwait(false)),
        ["ILineage.Effects"] = Refused(async at => await Each(at.EventIds, async id => (await at.Own.Lineage.Effects(id, at.Cancellation).ConfigureAwait(false)).ToJson()).ConfigureAwait(false)),
        ["INarrator.Write"] = async at => await Each(at.Scopes, scope => Written(output => at.Own.Narrator.Write(scope, output, NarrativeFormat.JsonLines, at.Cancellation).AsTask())).ConfigureAwait(false),
        ["IExplanations.Explain"] = async at => await Each(at.Own.Journal.Read(JournalScope.Everything, at.Cancellation), envelope => $"{at.Own.Services.GetRequiredService<IExplanations>().Explain(envelope)}").ConfigureAwait(false),

        // Moving it.
        ["JournalExport.Write"] = async at => await Written(output => at.Own.Export.Write(output, null, at.Cancellation).AsTask()).ConfigureAwait(false),
        ["JournalRestore.Read"] = RefusedCall(at => at.Own.Restore.Read(new MemoryStream(), "nowhere", null, at.Cancellation)),

        ["JournalMarks.Newest"] = async at => $"{await at.Own.Services.GetRequiredService<JournalMarks>().Newest(at.Cancellation).ConfigureAwait(false)}",
        ["JournalMarks.EnsureNotBehind"] = async at =>
        {
            var marks = at.Own.Services.GetRequiredService<JournalMarks>();
            await marks.EnsureNotBehind(await marks.Newest(at.Cancellation).ConfigureAwait(false), at.Cancellation).ConfigureAwait(false);
            return "";
        },

        // Beneath.
        ["IJournalStorage.Open"] = async at =>
        {
            await Storage(at).Open(at.Cancellation).ConfigureAwait(false);
            return "";
        },
        ["IJournalStorage.Append"] = async at => $"{await Storage(at).Append(Appends.To(at.Stream, Any, 2), at.Cancellation).ConfigureAwait(false)}",
        ["IJournalStorage.AppendInTurn"] = async at => $"{await Storage(at).AppendInTurn(() => Appends.To(at.Stream, Any, 1), at.Cancellation).ConfigureAwait(false)}",
        ["IJournalStorage.Examine"] = async at => string.Concat(await Storage(at).Examine(ExaminationDepth.Full, at.Cancellation).ConfigureAwait(false)),
        ["IJournalStorage.AppendIn"] = RefusedCall(at => Storage(at).AppendIn(Appends.To(at.Stream, Any), null!, at.Cancellation)),
        ["IJournalStorage.Read"] = async at => await Each(at.Queries, async query => string.Concat((await Storage(at).Page(query, at.Cancellation).ConfigureAwait(false)).Select(row => Encoding.UTF8.GetString(row.Data.Span)))).ConfigureAwait(false),
        ["IJournalStorage.ReadHead"] = async at => $"{await Storage(at).ReadHead(at.Cancellation).ConfigureAwait(false)}",
        ["IJournalStorage.ReadTypes"] = async at => string.Concat(await Storage(at).ReadTypes(at.Cancellation).ConfigureAwait(false)),
        ["IJournalStorage.Restore"] = RefusedCall(at => Storage(at).Restore(None(), [], new RestoreRecord(0, "nowhere", 0), at.Cancellation)),
        ["IJournalStorage.ReadRestores"] = async at => string.Concat(await Storage(at).ReadRestores(at.Cancellation).ConfigureAwait(false)),
        ["IJournalStorage.ReadSnapshot"] = async at => $"{await Storage(at).ReadSnapshot(at.Stream.ToString(), typeof(Tally).FullName!, at.Cancellation).ConfigureAwait(false)}",
        ["IJournalStorage.WriteSnapshot"] = async at =>
        {
            var snapshot = new StoredSnapshot { StreamId = at.Stream.ToString(), Aggregate = typeof(Tally).FullName!, Version = 1, Position = 1, RecordedAt = 0, EventId = at.Stored.EventId(0), SchemaHash = new byte[32], Checksum = new byte[32], Data = "{}"u8.ToArray() };
            await Storage(at).WriteSnapshot(snapshot, at.Cancellation).ConfigureAwait(false);
            return "";
        },

        // What a build knows, whatever journal: no event is in it.
        ["EventModel.Find"] = at => Task.FromResult($"{at.Own.Services.GetRequiredService<EventModel>().Find(Appends.Family, "noted", 1)}"),
        ["EventModel.FindFamily"] = at => Task.FromResult($"{at.Own.Services.GetRequiredService<EventModel>().FindFamily(typeof(ConformanceEvent))?.Name}"),
        ["EventModel.CommandName"] = at => Task.FromResult($"{at.Own.Services.GetRequiredService<EventModel>().CommandName(typeof(TenantCrossing))}"),
    };

    private static async Task<string> Append(TenantCrossing at)
    {
        var result = await at.Own.Journal.Append(Request(at), at.Cancellation).ConfigureAwait(false);
        Promise.That(!result.WasStoredBefore, "an append id belongs to one journal", "the append id of another tenant was met");
        return $"{result}";
    }

    private static AppendRequest Request(TenantCrossing at) => new()
    {
        AppendId = at.Stored.AppendId,
        Streams = [new StreamAppend(at.Stream, Any, [new NewEvent(new ConformanceEvent.Noted("own")), new NewEvent(new ConformanceEvent.Noted("own too"))])],
        Metadata = new EventMetadata { CorrelationId = at.Correlation, Subject = at.Subject, CausationId = at.Stored.EventId(0), FurtherCauses = [at.Cause] },
    };

    private static IAggregateRepository<Tally> Tallies(TenantCrossing at) => at.Own.Repository<Tally>();

    private static AggregateInspector Inspector(TenantCrossing at) => at.Own.Services.GetServices<AggregateInspector>().Single();

    private static IJournalStorage Storage(TenantCrossing at) => at.Own.Services.GetRequiredService<IJournalStorage>();

    private static string Text(BisectResult result) => result.First is { } first ? TenantCrossing.Text(first.Event) : "";

    private static Func<TenantCrossing, Task<string>> RefusedCall<T>(Func<TenantCrossing, ValueTask<T>> call) => Refused(async at => $"{await call(at).ConfigureAwait(false)}");

    /// <summary>The call may say no, which gives nothing away, in an error of its own or of its arguments.</summary>
    private static Func<TenantCrossing, Task<string>> Refused(Func<TenantCrossing, Task<string>> call) => async at =>
    {
        try
        {
            return await call(at).ConfigureAwait(false);
        }
        catch (Exception refusal) when (refusal is NagareException or ArgumentException)
        {
            return refusal.Message;
        }
    };

    private static async Task<string> Each<T>(IEnumerable<T> items, Func<T, Task<string>> text)
    {
        var all = new StringBuilder();
        foreach (var item in items)
        {
            all.AppendLine(await text(item).ConfigureAwait(false));
        }

        return all.ToString();
    }

    private static async Task<string> Each<T>(IAsyncEnumerable<T> items, Func<T, string> text)
    {
        var all = new StringBuilder();
        await foreach (var item in items.ConfigureAwait(false))
        {
            all.AppendLine(text(item));
        }

        return all.ToString();
    }

    private static async Task<string> Written(Func<Stream, Task> write)
    {
        using var output = new MemoryStream();
        await write(output).ConfigureAwait(false);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private static async IAsyncEnumerable<StoredRow> None()
    {
        await Task.CompletedTask.ConfigureAwait(false);
        yield break;
    }
}
