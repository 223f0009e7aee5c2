using System.Globalization;

namespace Nagare.Torture;

/// <summary>What a person asked for on the command line.</summary>
internal sealed record TortureOptions(IReadOnlyList<Backend> On, bool NamesBackends, int? Cycles, int Seconds, int Seed, bool Sabotage)
{
    private const int DefaultSeconds = 60;

    /// <summary>Reads the words after the verb.</summary>
    /// <exception cref="FormatException">They mean nothing.</exception>
    public static TortureOptions Parse(IReadOnlyList<string> words)
    {
        var options = new TortureOptions(Backends.All, false, null, DefaultSeconds, Random.Shared.Next(ChildProcess.MaxSeed), false);
        for (var i = 0; i < words.Count; i++)
        {
            options = words[i] switch
            {
                "--sabotage" => options with { Sabotage = true },
                "--on" => options with { On = [.. Value(ref i).Split(',').Select(Known)], NamesBackends = true },
                "--cycles" => options with { Cycles = Number(ref i) },
                "--seconds" => options with { Seconds = Number(ref i) },
                "--seed" => options with { Seed = Number(ref i) % ChildProcess.MaxSeed },
                var word => throw new FormatException($"'{word}' is no option."),
            };
        }

        return options;

        string Value(ref int i) => ++i < words.Count ? words[i] : throw new FormatException($"'{words[i - 1]}' needs a value.");

        int Number(ref int i) => int.TryParse(Value(ref i), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new FormatException($"'{words[i]}' is no number from 1.");
    }

    private static Backend Known(string name) =>
        Backends.Find(name) ?? throw new FormatException($"There is no database '{name}'; there are {string.Join(", ", Backends.All.Select(backend => backend.Name))}.");
}
