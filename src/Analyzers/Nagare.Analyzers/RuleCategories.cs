namespace Nagare.Analyzers;

/// <summary>What kind of mistake a rule finds.</summary>
internal static class RuleCategories
{
    /// <summary>A declaration that the generators cannot use as it was meant.</summary>
    public const string Declaration = "Declaration";

    /// <summary>A change that events already stored would not survive.</summary>
    public const string Evolution = "Evolution";

    /// <summary>A fold or decision whose answer depends on more than what it was given.</summary>
    public const string Purity = "Purity";

    /// <summary>Code that compiles and does something else than was meant.</summary>
    public const string Correctness = "Correctness";
}
