using System.CommandLine;

namespace Nagare.Tool;

/// <summary>Options that several verbs share.</summary>
internal static class ToolOptions
{
    public static Option<string?> Project() => new("--project") { Description = "The solution, project or folder whose events are meant; this folder unless said.", HelpName = "PATH" };

    public static Option<bool> Json() => new("--json") { Description = "Prints one JSON object on one line." };
}
