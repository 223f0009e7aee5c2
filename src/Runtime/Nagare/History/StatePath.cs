using System.Globalization;
using System.Text.Json;

namespace Nagare;

/// <summary>Writes where a value stands in a state: <c>calls[2].error</c>, <c>context["user id"]</c>.</summary>
internal static class StatePath
{
    public static string Member(string path, string name) => IsPlain(name)
        ? path.Length == 0 ? name : $"{path}.{name}"
        : $"{path}[\"{JsonEncodedText.Encode(name, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"]";

    public static string Element(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");

    private static bool IsPlain(string name) => name.Length > 0 && name.All(c => char.IsLetterOrDigit(c) || c is '_' or '$' or '-');
}
