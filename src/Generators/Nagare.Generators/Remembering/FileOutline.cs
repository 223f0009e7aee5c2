using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nagare.Generators;

/// <summary>What a file says outside the bodies of its methods: all that a declaration, its own or another file's, can depend on.</summary>
/// <remarks>Made of tokens alone, without binding, once for each text of a file.</remarks>
internal sealed class FileOutline
{
    private const string AttributeSuffix = "Attribute";

    // Stands in no token, as a line's end may.
    private const char End = '\0';

    private static readonly ConditionalWeakTable<SyntaxTree, FileOutline> Known = new();

    private readonly HashSet<string> _uses = new(StringComparer.Ordinal);
    private readonly HashSet<string> _declares = new(StringComparer.Ordinal);

    private FileOutline(SyntaxTree tree)
    {
        var text = new StringBuilder();
        var everywhere = new StringBuilder();
        var options = (CSharpParseOptions)tree.Options;
        text.Append(tree.FilePath).Append(End).Append(options.LanguageVersion).Append(End);
        foreach (var symbol in options.PreprocessorSymbolNames.OrderBy(static symbol => symbol, StringComparer.Ordinal))
        {
            text.Append(symbol).Append(End);
        }

        foreach (var item in tree.GetRoot().DescendantNodesAndTokens(static node => !IsBody(node)))
        {
            if (item.AsNode() is { } node)
            {
                Add(node, text, everywhere);
            }
            else
            {
                Add(item.AsToken(), text);
            }
        }

        using var hash = SHA256.Create();
        Fingerprint = Convert.ToBase64String(hash.ComputeHash(Encoding.Unicode.GetBytes(text.ToString())));
        Everywhere = everywhere.ToString();
    }

    /// <summary>Equal where the same is declared in the same order.</summary>
    public string Fingerprint { get; }

    /// <summary>What it says to all files: its namespaces, its global usings, attributes of the assembly.</summary>
    public string Everywhere { get; }

    /// <summary>
    /// Whether what it declares or names may be meant in a file that does not name it: its usings hold for all files, or it adds to a
    /// namespace of the platform, whose types the compiler itself looks for.
    /// </summary>
    public bool ReachesUnnamed { get; private set; }

    /// <summary>The simple names of its outermost types, those of attributes also without their suffix. Nobody meets a nested type without one of them.</summary>
    public IReadOnlyCollection<string> Declares => _declares;

    public static FileOutline Of(SyntaxTree tree) => Known.GetValue(tree, static tree => new FileOutline(tree));

    /// <summary>Whether one of its identifiers is one of the names.</summary>
    public bool Uses(HashSet<string> names) => names.Count < _uses.Count ? _uses.Overlaps(names) : names.Overlaps(_uses);

    private static bool IsBody(SyntaxNode node) => node is BlockSyntax or ArrowExpressionClauseSyntax or GlobalStatementSyntax;

    private void Add(SyntaxNode node, StringBuilder text, StringBuilder everywhere)
    {
        switch (node)
        {
            case var body when IsBody(body):
                // What it says decides nothing; that it is there tells a property from a field. A directive in it holds behind it too.
                text.Append(body.ContainsDirectives ? body.ToFullString() : body is ArrowExpressionClauseSyntax ? "=>" : "{}").Append(End);
                break;
            case EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax }:
                // The schema says a default in its author's words, spaces and comments too.
                text.Append(node).Append(End);
                break;
            case BaseTypeDeclarationSyntax { Parent: CompilationUnitSyntax or BaseNamespaceDeclarationSyntax } type:
                Declare(type.Identifier.ValueText);
                break;
            case DelegateDeclarationSyntax { Parent: CompilationUnitSyntax or BaseNamespaceDeclarationSyntax } type:
                Declare(type.Identifier.ValueText);
                break;
            case BaseNamespaceDeclarationSyntax space:
                AddNamespace(space, everywhere);
                break;
            case UsingDirectiveSyntax @using when @using.GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword):
                ReachesUnnamed = true;
                everywhere.Append(@using).Append('\n');
                break;
            case AttributeListSyntax { Parent: CompilationUnitSyntax } or ExternAliasDirectiveSyntax:
                everywhere.Append(node).Append('\n');
                break;
        }
    }

    private void Add(SyntaxToken token, StringBuilder text)
    {
        if (token.ContainsDirectives)
        {
            text.Append(token.LeadingTrivia.ToFullString()).Append(End);
        }

        text.Append(token.Text).Append(End);
        if (token.IsKind(SyntaxKind.IdentifierToken))
        {
            _uses.Add(token.ValueText);
        }
    }

    // In full: a namespace that moves into another one is another one.
    private void AddNamespace(BaseNamespaceDeclarationSyntax space, StringBuilder everywhere)
    {
        var name = space.Name.ToString();
        for (var around = space.Parent as BaseNamespaceDeclarationSyntax; around is not null; around = around.Parent as BaseNamespaceDeclarationSyntax)
        {
            name = $"{around.Name}.{name}";
        }

        everywhere.Append("namespace ").Append(name).Append('\n');
        ReachesUnnamed |= name.Split('.')[0].Trim().TrimStart('@') is "System" or "Microsoft";
    }

    private void Declare(string name)
    {
        _declares.Add(name);
        if (name.Length > AttributeSuffix.Length && name.EndsWith(AttributeSuffix, StringComparison.Ordinal))
        {
            _declares.Add(name.Substring(0, name.Length - AttributeSuffix.Length));
        }
    }
}
