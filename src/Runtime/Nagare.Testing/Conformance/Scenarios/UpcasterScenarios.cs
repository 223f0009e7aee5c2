using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Nagare.Storage;
using static Nagare.ExpectedVersion;

namespace Nagare.Testing;

/// <summary>D 34: what was stored in an old shape is read as today's event on every route, and stays as it was where bytes are asked for.</summary>
internal static class UpcasterScenarios
{
    private const string Promised = "an event of an old shape is read as today's, on every route";

    public static IReadOnlyList<ConformanceScenario> All { get; } =
    [
        ConformanceScenario.Of(ConformanceGroup.State, "D34", "An event of an old shape is today's event on every route: load, time travel, feed, lineage, search, and after a restore", EveryRoute),
    ];

    private static StreamId Stream { get; } = new(Appends.Family, "past");

    private static async Task EveryRoute(JournalUnderTest journal)
    {
        var cause = Guid.CreateVersion7();
        Draft[] drafts =
        [
            Appends.Note("a"),
            Jotted("b"),
            Appends.Note("c"),
            Jotted("d") with { Cause = new CausationId(cause) },
        ];
        var result = await journal.Append(Appends.To(Stream, NoStream, drafts, cause)).ConfigureAwait(false);
        var rows = await journal.Sound().ConfigureAwait(false);
        await Read(journal.Services(), result, journal.Cancellation).ConfigureAwait(false);

        // Bytes are bytes: an export moves what was stored, and the other journal reads it the same way.
        Promise.Same([.. drafts.Select(draft => Convert.ToHexString(draft.Data.Span))], [.. rows.Select(row => Convert.ToHexString(row.Data.Span))], "what is stored is never rewritten", "payloads");
        var types = await journal.Storage.ReadTypes(journal.Cancellation).ConfigureAwait(false);
        var other = await journal.AnotherJournal().ConfigureAwait(false);
        await other.Restore(rows.ToAsyncEnumerable(), types, new RestoreRecord(1, "upcasters", rows.Count), journal.Cancellation).ConfigureAwait(false);
        Promise.Same([.. rows.Select(History.Whole)], [.. (await other.All(journal.Cancellation).ConfigureAwait(false)).Select(History.Whole)], "an export keeps what was stored in its old shape", "rows after the restore");
        await Read(journal.Services(other), result, journal.Cancellation).ConfigureAwait(false);
    }

    private static async Task Read(IServiceProvider services, AppendResult stored, CancellationToken cancellationToken)
    {
        var tallies = services.GetRequiredService<IAggregateRepository<Tally>>();
        (string Route, Loaded<Tally> Found, string Expected)[] routes =
        [
            ("load", await tallies.Load(Stream, cancellationToken).ConfigureAwait(false), "a;b;c;d;"),
            ("load at a version", await tallies.LoadAtVersion(Stream, 2, cancellationToken).ConfigureAwait(false), "a;b;"),
            ("load at a position", await tallies.LoadAsOf(Stream, stored.FirstPosition.Value + 1, cancellationToken).ConfigureAwait(false), "a;b;"),
            ("load at a time", await tallies.LoadAsOf(Stream, stored.RecordedAt, cancellationToken).ConfigureAwait(false), "a;b;c;d;"),
        ];
        foreach (var (route, found, expected) in routes)
        {
            Promise.Equal(expected, found.State.Notes, Promised, route);
        }

        var door = services.GetRequiredService<IJournal>();
        foreach (var scope in new[] { JournalScope.Of(Stream), JournalScope.Everything })
        {
            var given = new List<string>();
            await foreach (var envelope in door.Read(scope, cancellationToken).ConfigureAwait(false))
            {
                given.Add(Text(envelope));
            }

            Promise.Same(["a", "b", "c", "d"], given, Promised, scope == JournalScope.Everything ? "the feed" : "the stream");
        }

        var effects = await services.GetRequiredService<ILineage>().Effects(stored.AppendId, cancellationToken).ConfigureAwait(false);
        Promise.Same(["a", "d"], [.. effects.Nodes.Select(node => node.Envelope).OrderBy(e => e.Position.Value).Select(Text)], Promised, "lineage");

        var rule = InvariantRule.OverEvent<ConformanceEvent.Noted>("no d", "nothing notes d", monotone: false, (e, _) => InvariantResult.Check(e.Text != "d", "it notes d"));
        var search = await services.GetRequiredService<IBisect>().Find(rule, JournalScope.Everything, cancellationToken).ConfigureAwait(false);
        Promise.Equal(stored.FirstPosition.Value + 3, search.First?.Event.Position.Value, Promised, "the first event at which a rule over today's events breaks");
    }

    private static Draft Jotted(string word) => new(Encoding.UTF8.GetBytes($$"""{"word":"{{word}}"}"""))
    {
        Type = new StoredEventType(Appends.Family, ConformanceModel.JottedName, 1, "word string", null),
    };

    private static string Text(Envelope envelope) => envelope.Event is ConformanceEvent.Noted noted ? noted.Text : $"{envelope.Event.GetType().Name}";
}
