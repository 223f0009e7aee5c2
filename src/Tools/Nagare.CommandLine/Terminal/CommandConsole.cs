// Everything the verbs know about the world around the process. Handed in, so that a test is a terminal, a pipe or a reader that went away.
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Nagare.CommandLine;

/// <summary>The streams, the terminal and the environment that the verbs see.</summary>
public sealed class CommandConsole
{
    private const int DefaultWidth = 100;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Standard input.</summary>
    public Stream Input { get; init; } = Stream.Null;

    /// <summary>Standard output. An <see cref="IOException"/> from it means that its reader has gone, which ends the program quietly.</summary>
    public required Stream Output { get; init; }

    /// <summary>Standard error.</summary>
    public required Stream Error { get; init; }

    /// <summary>Whether standard output is a terminal: colours are used there.</summary>
    public bool IsOutputTerminal { get; init; }

    /// <summary>Whether standard error is a terminal: progress bars are drawn there.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>How wide the terminal is, in columns.</summary>
    public int Width { get; init; } = DefaultWidth;

    /// <summary>An environment variable, or null.</summary>
    public Func<string, string?> Variable { get; init; } = static _ => null;

    /// <summary>Writes text to standard output, as UTF-8 with line feeds, at once.</summary>
    public TextWriter Out => field ??= Writer(new ClosableOutput(Output));

    /// <summary>Writes text to standard error, as UTF-8 with line feeds, at once.</summary>
    public TextWriter ErrorOut => field ??= Writer(Error);

    /// <summary>Standard output for bytes in bulk, unbuffered.</summary>
    internal Stream OpenOutput() => new ClosableOutput(Output);

    internal Palette Palette => field ??= new Palette(IsOutputTerminal && string.IsNullOrEmpty(Variable("NO_COLOR")) && Variable("TERM") != "dumb");

    /// <summary>The console of this process.</summary>
    public static CommandConsole OfThisProcess()
    {
        var isTerminal = !Console.IsOutputRedirected;
        if (OperatingSystem.IsWindows() && isTerminal)
        {
            Console.OutputEncoding = Utf8;
        }

        return new CommandConsole
        {
            Input = Console.OpenStandardInput(),
            Output = OpenStandardOutput(),
            Error = Console.OpenStandardError(),
            IsOutputTerminal = isTerminal,
            IsErrorTerminal = !Console.IsErrorRedirected,
            Width = isTerminal ? TerminalWidth() : DefaultWidth,
            Variable = Environment.GetEnvironmentVariable,
        };
    }

    private static StreamWriter Writer(Stream stream) => new(stream, Utf8, leaveOpen: true) { AutoFlush = true, NewLine = "\n" };

    // The console's own stream swallows a broken pipe, and the program would go on writing to nobody. A stream over the handle reports it.
    // Only where the handle has no offset: over a file, it would keep an offset of its own and overwrite what standard error wrote there.
    private static Stream OpenStandardOutput()
    {
        const int StandardOutput = 1;
        if (!OperatingSystem.IsWindows())
        {
            try
            {
                var stream = new FileStream(new SafeFileHandle(StandardOutput, ownsHandle: false), FileAccess.Write, bufferSize: 0);
                if (!stream.CanSeek)
                {
                    return stream;
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
            {
                // Standard output is closed or something unusual; the console's own stream copes with that.
                return Console.OpenStandardOutput();
            }
        }

        return Console.OpenStandardOutput();
    }

    private static int TerminalWidth()
    {
        try
        {
            return Console.WindowWidth is > 0 and var width ? width : DefaultWidth;
        }
        catch (Exception e) when (e is IOException or PlatformNotSupportedException)
        {
            return DefaultWidth;
        }
    }
}
