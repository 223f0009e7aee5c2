namespace Nagare;

/// <summary>
/// The name of one journal among many: of a tenant, as a rule. Lower-case ASCII letters, digits and underscores, 40 at most: a text that is a file's name, a schema's
/// and a database's everywhere, and that nothing but itself can be mistaken for. No name differs from another by case alone.
/// </summary>
public readonly record struct JournalName
{
    /// <summary>Longest name, in characters: with what providers put before it, short enough for every database.</summary>
    public const int MaxLength = 40;

    private readonly string? _text;

    private JournalName(string text) => _text = text;

    /// <summary>Takes a text for a name.</summary>
    /// <exception cref="InvalidJournalNameException">It is none.</exception>
    public static JournalName Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Breach(text) is { } breach ? throw new InvalidJournalNameException(text, breach) : new JournalName(text);
    }

    /// <summary>Takes a text for a name, where it is one.</summary>
    public static bool TryParse(string? text, out JournalName name)
    {
        var isName = text is not null && Breach(text) is null;
        name = isName ? new JournalName(text!) : default;
        return isName;
    }

    /// <summary>The name.</summary>
    /// <exception cref="InvalidOperationException">It is the default value, which names nothing.</exception>
    public override string ToString() => _text ?? throw new InvalidOperationException("default(JournalName) names no journal.");

    private static string? Breach(string text) => text switch
    {
        "" => "it is empty",
        { Length: > MaxLength } => $"it has {text.Length} characters, {MaxLength} at most are allowed",
        _ when text.FirstOrDefault(character => !char.IsAsciiLetterLower(character) && !char.IsAsciiDigit(character) && character != '_') is var bad and not '\0' => $"it holds U+{(int)bad:X4}",
        _ when text.Contains('\0') => "it holds U+0000",
        _ => null,
    };
}
