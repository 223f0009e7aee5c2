using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>All that the declarations of a file can depend on, as of one compilation: the other files, the references, the options.</summary>
/// <remarks>
/// Which files an edit concerns is decided by names alone: an edited file, each file that uses a name that it declares, each that uses a name
/// that one of those declares, and so on. That is more than binding would say, never less, and asks for no binding.
/// </remarks>
internal sealed class Surroundings
{
    private static readonly ConditionalWeakTable<Compilation, Surroundings> Known = new();

    private readonly HashSet<SyntaxTree> _files;
    private readonly ImmutableArray<MetadataReference> _references;
    private readonly CompilationOptions _options;
    private readonly string? _assembly;

    // Weak by its keys: what was asked about an older state is forgotten with that state.
    private readonly ConditionalWeakTable<Surroundings, Difference> _differences = new();

    private Surroundings(Compilation compilation)
    {
        _files = [.. compilation.SyntaxTrees];
        _references = [.. compilation.References];
        _options = compilation.Options;
        _assembly = compilation.AssemblyName;
    }

    public static Surroundings Of(Compilation compilation) => Known.GetValue(compilation, static compilation => new Surroundings(compilation));

    /// <summary>Whether what a declaration in the file means may be another than it was then.</summary>
    public bool Concern(SyntaxTree file, Surroundings then) =>
        this != then && _differences.GetValue(then, Compare).Concerns(file);

    private Difference Compare(Surroundings then)
    {
        if (_assembly != then._assembly || !_options.Equals(then._options) || !_references.SequenceEqual(then._references, SameReference.Comparer))
        {
            return Difference.Everything;
        }

        // A file that only changed in the bodies of its methods is the same file.
        var gone = then._files.Where(file => !_files.Contains(file)).Select(FileOutline.Of).ToList();
        var come = _files.Where(file => !then._files.Contains(file)).ToList();
        var edited = new List<SyntaxTree>();
        foreach (var file in come)
        {
            var outline = FileOutline.Of(file);
            var same = gone.FindIndex(old => old.Text == outline.Text);
            if (same < 0)
            {
                edited.Add(file);
            }
            else
            {
                gone.RemoveAt(same);
            }
        }

        return Everywhere(gone) != Everywhere(edited.Select(FileOutline.Of)) ? Difference.Everything : Spread(edited, gone);
    }

    private static string Everywhere(IEnumerable<FileOutline> files) =>
        string.Concat(files.Select(static file => file.Everywhere).OrderBy(static text => text, StringComparer.Ordinal));

    private Difference Spread(List<SyntaxTree> edited, List<FileOutline> gone)
    {
        var names = new HashSet<string>(gone.SelectMany(static file => file.Declares), StringComparer.Ordinal);
        names.UnionWith(edited.SelectMany(static file => FileOutline.Of(file).Declares));
        var concerned = new HashSet<SyntaxTree>(edited);
        var rest = names.Count == 0 ? [] : _files.Where(file => !concerned.Contains(file)).ToList();
        while (rest.FindAll(file => FileOutline.Of(file).Uses(names)) is { Count: > 0 } users)
        {
            foreach (var user in users)
            {
                var outline = FileOutline.Of(user);
                if (outline.HasGlobalUsings)
                {
                    return Difference.Everything;
                }

                concerned.Add(user);
                names.UnionWith(outline.Declares);
            }

            rest.RemoveAll(concerned.Contains);
        }

        return new Difference(concerned);
    }

    /// <summary>The files between two compilations whose declarations may mean something else; all of them where that is null.</summary>
    private sealed class Difference(HashSet<SyntaxTree>? files)
    {
        public static readonly Difference Everything = new(null);

        public bool Concerns(SyntaxTree file) => files is null || files.Contains(file);
    }

    private sealed class SameReference : IEqualityComparer<MetadataReference>
    {
        public static readonly SameReference Comparer = new();

        public bool Equals(MetadataReference? left, MetadataReference? right) => ReferenceEquals(left, right);

        public int GetHashCode(MetadataReference reference) => RuntimeHelpers.GetHashCode(reference);
    }
}
