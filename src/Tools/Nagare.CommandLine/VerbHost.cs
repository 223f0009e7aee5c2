namespace Nagare.CommandLine;

/// <summary>What a verb is built with.</summary>
internal sealed record VerbHost(CommandLineOptions Options, CommandConsole Console);
