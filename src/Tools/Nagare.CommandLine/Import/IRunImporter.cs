namespace Nagare.CommandLine;

/// <summary>Reads one foreign format of recorded runs. An application hands its importers to <see cref="CommandLineOptions"/>; the verb <c>import</c> does the rest.</summary>
/// <remarks>
/// An importer is a pure function of one record. Finding files, expanding .gz within bounds, cutting files into records, progress, Ctrl-C,
/// reporting and counting what is malformed, and adding nothing the second time are the verb's work, the same for every format.
/// The same importer may be asked from one file after another, never concurrently.
/// </remarks>
public interface IRunImporter
{
    /// <summary>What a user types after <c>--format</c>: lower-case letters, digits and hyphens, such as <c>tau-bench</c>.</summary>
    string Format { get; }

    /// <summary>What the format is, in a few words, for <c>import --help</c>.</summary>
    string Description { get; }

    /// <summary>
    /// Whether a record looks like this format's, for <c>--format auto</c>. Looks at little (see <see cref="ImportRecord.HasMembers"/>), never
    /// throws, and says no when in doubt: the first importer that says yes reads the whole file.
    /// </summary>
    bool CanRead(ImportRecord record);

    /// <summary>Turns a record into one run: one append, which is stored as a whole or not at all.</summary>
    /// <remarks>
    /// The same record must give the same streams and events every time. Leave <see cref="AppendRequest.AppendId"/> null: the verb derives it
    /// from the streams' ids, which is why a second import of the same run adds nothing, and of a changed one is refused. Streams are
    /// usually expected to be new (<see cref="ExpectedVersion.NoStream"/>). Give real times as <see cref="EventMetadata.OccurredAt"/> and
    /// causes within the run as <see cref="NewEvent.CausedBy"/>.
    /// </remarks>
    /// <exception cref="MalformedRecordException">The record is not of this format. It is reported with file and line, skipped, and the rest is read.</exception>
    /// <exception cref="System.Text.Json.JsonException">The record is not valid JSON; reported in the same way, as is what <see cref="System.Text.Json.JsonElement"/> throws where a member is missing or of another kind.</exception>
    AppendRequest Read(ImportRecord record);
}
