using System.Data.Common;

namespace Nagare.Storage;

/// <summary>A connection string in which the journal's own words stand among those of the database's client.</summary>
/// <param name="ConnectionString">What the client understands.</param>
/// <param name="Schema">What <c>Schema</c> said; null where it was not there.</param>
public readonly record struct PlaceWords(string ConnectionString, string? Schema)
{
    /// <summary>The word that names the journal inside its database.</summary>
    public const string SchemaWord = "Schema";

    /// <summary>Takes the journal's own words out.</summary>
    /// <param name="text">Words and values: <c>Host=localhost;Database=agents;Schema=tenant_a</c>.</param>
    /// <exception cref="FormatException">It is no list of words and values.</exception>
    public static PlaceWords Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = new DbConnectionStringBuilder();
        try
        {
            words.ConnectionString = text;
        }
        catch (ArgumentException)
        {
            // What it says may hold a part of a password that was not quoted.
            throw new FormatException("what is given is no list of words and values, such as 'Database=agents;Password=\"a;b\"': quote a value that holds a semicolon or an equals sign");
        }

        if (!words.TryGetValue(SchemaWord, out var schema))
        {
            return new PlaceWords(text, null);
        }

        words.Remove(SchemaWord);
        return new PlaceWords(words.ConnectionString, (string)schema);
    }
}
