using Nagare.CommandLine;

namespace Nagare.Tool;

/// <summary>What a verb is built with.</summary>
/// <param name="Console">The streams.</param>
/// <param name="Folder">The folder it works in.</param>
internal sealed record ToolHost(CommandConsole Console, string Folder);
