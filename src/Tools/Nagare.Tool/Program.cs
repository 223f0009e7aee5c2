// The `nagare` tool. Whatever goes wrong is one line on standard error, with what to do, and an exit code that means the same for every verb.
using System.Globalization;
using Nagare.CommandLine;
using Nagare.Tool;

var console = CommandConsole.OfThisProcess();
CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
using var interruption = Interruption.Listen(CancellationToken.None);
return await ToolCommand.Run(args, new ToolHost(console, Directory.GetCurrentDirectory()), interruption.Token).ConfigureAwait(false);
