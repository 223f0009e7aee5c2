namespace Nagare.Generators;

/// <summary>Names in JSON that are made from names in C#.</summary>
internal static class WireNames
{
    /// <summary>As <c>JsonNamingPolicy.CamelCase</c> has it: <c>ToolName</c> → <c>toolName</c>, <c>URLValue</c> → <c>urlValue</c>, <c>ID</c> → <c>id</c>.</summary>
    public static string CamelCase(string name)
    {
        var characters = name.ToCharArray();
        for (var i = 0; i < characters.Length; i++)
        {
            if (!char.IsUpper(characters[i]) && i < 2)
            {
                break;
            }

            if (i > 0 && i + 1 < characters.Length && !char.IsUpper(characters[i + 1]))
            {
                break;
            }

            characters[i] = char.ToLowerInvariant(characters[i]);
        }

        return new string(characters);
    }
}
