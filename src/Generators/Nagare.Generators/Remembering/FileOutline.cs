using System;
using System.Collections.Generic;
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

    private static readonly ConditionalWeakTable<SyntaxTree, FileOutline> Known = new();

    private readonly HashSet<string> _uses = new(StringComparer.Ordinal);
    private readonly HashSet<string> _declares = new(StringComparer.Ordinal);

    private FileOutline(SyntaxTree tree)
    {
        var text = new StringBuilder();
        var everywhere = new StringBuilder();
        text.Append(tree.FilePath).Append('\n').Append(((CSharpParseOptions)tree.Options).LanguageVersion).Append('\n');
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

    /// <summary>Whether its usings hold for all files.</summary>
    public bool HasGlobalUsings { get; private set; }

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
                text.Append(body.ContainsDirectives ? body.ToFullString() : body is ArrowExpressionClauseSyntax ? "=>" : "{}").Append('\n');
                break;
            case BaseTypeDeclarationSyntax { Parent: CompilationUnitSyntax or BaseNamespaceDeclarationSyntax } type:
                Declare(type.Identifier.ValueText);
                break;
            case DelegateDeclarationSyntax { Parent: CompilationUnitSyntax or BaseNamespaceDeclarationSyntax } type:
                Declare(type.Identifier.ValueText);
                break;
            case BaseNamespaceDeclarationSyntax space:
                everywhere.Append("namespace ").Append(space.Name).Append('\n');
                break;
            case UsingDirectiveSyntax @using when @using.GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword):
                HasGlobalUsings = true;
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
            text.Append(token.LeadingTrivia.ToFullString()).Append('\n');
        }

        text.Append(token.Text).Append('\n');
        if (token.IsKind(SyntaxKind.IdentifierToken))
        {
            _uses.Add(token.ValueText);
        }
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
