using System.Text;

namespace Nagare.Generators;

/// <summary>Stored names that are made from names in C#.</summary>
internal static class EventNames
{
    /// <summary><c>ToolReturned</c> → <c>tool-returned</c>, <c>HTTPFailed2</c> → <c>http-failed2</c>.</summary>
    public static string KebabCase(string name)
    {
        var kebab = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && i > 0 && name[i - 1] != '_' && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]))))
            {
                kebab.Append('-');
            }

            kebab.Append(name[i] == '_' ? '-' : char.ToLowerInvariant(name[i]));
        }

        return kebab.ToString();
    }
}
