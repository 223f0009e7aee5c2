using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Nagare.Generators;

/// <summary>What an emitter makes: a file's name and its text.</summary>
internal readonly struct GeneratedFile(string name, string text)
{
    public string Name { get; } = name;

    public string Text { get; } = text;

    public void AddTo(SourceProductionContext output) => output.AddSource(Name, SourceText.From(Text, Encoding.UTF8));
}
