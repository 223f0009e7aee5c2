using static Nagare.ExpectedVersion;

namespace Nagare.Testing;

/// <summary>D 38: tables are made and checked when a journal is opened, never while it is used.</summary>
internal static class SchemaScenarios
{
    public static IReadOnlyList<ConformanceScenario> All { get; } =
    [
        ConformanceScenario.Of(ConformanceGroup.State, "D38", "Nothing on the data path changes the schema, nor does opening what exists", NoSchemaOnTheDataPath, JournalCapabilities.CountsSchemaChanges),
    ];

    private static async Task NoSchemaOnTheDataPath(JournalUnderTest journal)
    {
        const string Promised = "the schema changes when a journal is made, and at no other time";
        var before = await journal.Place.CountSchemaChanges(journal.Cancellation).ConfigureAwait(false);
        await journal.Storage.Open(journal.Cancellation).ConfigureAwait(false);
        for (var i = 0; i < journal.Settings.Rounds; i++)
        {
            var stream = new StreamId(Appends.Family, $"stream-{i}");
            await journal.Append(Appends.To(stream, Any, [Drafts.Next(journal.Random), Drafts.Next(journal.Random)])).ConfigureAwait(false);
            await journal.Try(Appends.To(stream, NoStream), journal.Cancellation).ConfigureAwait(false);
            await journal.Sound().ConfigureAwait(false);
            await journal.Storage.ReadTypes(journal.Cancellation).ConfigureAwait(false);
        }

        Promise.Equal(before, await journal.Place.CountSchemaChanges(journal.Cancellation).ConfigureAwait(false), Promised, "schema changes after appends and reads");
    }
}
