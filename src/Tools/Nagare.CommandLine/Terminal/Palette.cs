namespace Nagare.CommandLine;

/// <summary>The few colours of the verbs' output: nothing but the text itself where colours are off.</summary>
internal sealed class Palette(bool isOn)
{
    public string Heading(string text) => Paint("1", text);

    public string Faint(string text) => Paint("2", text);

    public string Good(string text) => Paint("32", text);

    public string Bad(string text) => Paint("31", text);

    private string Paint(string code, string text) => isOn ? $"\e[{code}m{text}\e[0m" : text;
}
