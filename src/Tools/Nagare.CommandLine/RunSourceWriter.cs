namespace Nagare.CommandLine;

/// <summary>Writes an imported run back in the format it came from. An application hands its own to <see cref="CommandLineOptions.SourceWriter"/>.</summary>
/// <param name="run">All events of the run, in order.</param>
/// <param name="output">Takes one JSON value, as UTF-8.</param>
/// <returns>Whether the run came from anywhere; false, and nothing was written.</returns>
public delegate bool RunSourceWriter(IReadOnlyList<Envelope> run, Stream output);
