using System.Diagnostics;

namespace Nagare.Torture;

/// <summary>This program again, in a process of its own.</summary>
internal static class ChildProcess
{
    /// <summary>Seeds are multiplied by the number of callers in the child.</summary>
    public const int MaxSeed = int.MaxValue / 16;

    public static Process Start(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])["exec", typeof(ChildProcess).Assembly.Location, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start) ?? throw new InvalidOperationException("The writing process could not be started.");
    }

    /// <summary>Reads whole lines; what a kill tore off is no line.</summary>
    public sealed class Lines(StreamReader source)
    {
        private readonly char[] _buffer = new char[4096];
        private readonly Queue<string> _lines = new();
        private string _rest = "";

        public async Task<string?> Next()
        {
            while (_lines.Count == 0)
            {
                var read = await source.ReadAsync(_buffer);
                if (read == 0)
                {
                    return null;
                }

                var parts = (_rest + new string(_buffer, 0, read)).Split('\n');
                _rest = parts[^1];
                foreach (var line in parts[..^1])
                {
                    _lines.Enqueue(line);
                }
            }

            return _lines.Dequeue();
        }
    }
}
