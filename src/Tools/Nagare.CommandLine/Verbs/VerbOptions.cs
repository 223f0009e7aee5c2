using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Nagare.CommandLine;

/// <summary>Options that several verbs share, with error texts for people.</summary>
internal static class VerbOptions
{
    /// <summary>The run meant.</summary>
    public static Argument<string> Run() => new("ID") { Description = "The run: category/id, or the id alone, or the beginning of either where only one run fits." };

    /// <summary>A number from a minimum on.</summary>
    public static Option<long?> Number(string name, string description, long minimum) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => Parse(result, name, minimum),
    };

    /// <summary>One of a few words.</summary>
    public static Option<string> OneOf(string name, string description, params string[] words)
    {
        var option = new Option<string>(name) { Description = description, HelpName = string.Join('|', words), DefaultValueFactory = _ => words[0] };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !words.Contains(token.Value, StringComparer.Ordinal))
            {
                result.AddError($"{name} takes one of {string.Join(", ", words)}, not '{token.Value}'");
            }
        });
        return option;
    }

    private static long? Parse(ArgumentResult result, string name, long minimum)
    {
        if (long.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= minimum)
        {
            return number;
        }

        result.AddError($"{name} takes a whole number from {minimum}, not '{result.Tokens[0].Value}'");
        return null;
    }
}
