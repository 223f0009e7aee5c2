using System;
using System.Collections.Generic;
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

    // What stands for a reference: the one to another project would keep its compilation alive.
    private static readonly ConditionalWeakTable<MetadataReference, object> References = new();

    private readonly Dictionary<SyntaxTree, int> _files = [];
    private readonly object[] _references;
    private readonly CompilationOptions _options;
    private readonly string? _assembly;

    // Weak by its keys: what was asked about an older state is forgotten with that state.
    private readonly ConditionalWeakTable<Surroundings, Difference> _differences = new();

    private Surroundings(Compilation compilation)
    {
        foreach (var file in compilation.SyntaxTrees)
        {
            _files.Add(file, _files.Count);
        }

        _references = [.. compilation.References.Select(References.GetOrCreateValue)];
        _options = compilation.Options;
        _assembly = compilation.AssemblyName;
    }

    public static Surroundings Of(Compilation compilation) => Known.GetValue(compilation, static compilation => new Surroundings(compilation));

    /// <summary>Whether what a declaration in the file means may be another than it was then.</summary>
    public bool Concern(SyntaxTree file, Surroundings then) =>
        this != then && _differences.GetValue(then, Compare).Concerns(file);

    private Difference Compare(Surroundings then)
    {
        if (_assembly != then._assembly || !HasOptionsOf(then) || !_references.SequenceEqual(then._references))
        {
            return Difference.Everything;
        }

        var gone = then._files.Keys.Where(file => !_files.ContainsKey(file)).ToList();
        var edited = new List<SyntaxTree>();
        var last = -1;
        foreach (var file in _files.OrderBy(static file => file.Value).Select(static file => file.Key))
        {
            // A file that only changed in the bodies of its methods is the same file.
            var same = then._files.ContainsKey(file) ? file : gone.Find(old => FileOutline.Of(old).Fingerprint == FileOutline.Of(file).Fingerprint);
            if (same is null)
            {
                edited.Add(file);
                continue;
            }

            // The parts of a type have their members in the order of the files.
            var place = then._files[same];
            if (place < last)
            {
                return Difference.Everything;
            }

            last = place;
            gone.Remove(same);
        }

        return gone.Concat(edited).Any(static file => FileOutline.Of(file).ReachesUnnamed) || Everywhere(gone) != Everywhere(edited)
            ? Difference.Everything
            : Spread(edited, gone);
    }

    // The provider tells which files count as generated, where annotations mean nothing.
    private bool HasOptionsOf(Surroundings then) =>
        _options.Equals(then._options) && ReferenceEquals(_options.SyntaxTreeOptionsProvider, then._options.SyntaxTreeOptionsProvider);

    private static string Everywhere(List<SyntaxTree> files) =>
        string.Concat(files.Select(static file => FileOutline.Of(file).Everywhere).OrderBy(static text => text, StringComparer.Ordinal));

    private Difference Spread(List<SyntaxTree> edited, List<SyntaxTree> gone)
    {
        var names = new HashSet<string>(gone.Concat(edited).SelectMany(static file => FileOutline.Of(file).Declares), StringComparer.Ordinal);
        var concerned = new HashSet<SyntaxTree>(edited);
        var rest = names.Count == 0 ? [] : _files.Keys.Where(file => !concerned.Contains(file)).ToList();
        while (rest.FindAll(file => FileOutline.Of(file).Uses(names)) is { Count: > 0 } users)
        {
            foreach (var user in users)
            {
                var outline = FileOutline.Of(user);
                if (outline.ReachesUnnamed)
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
}
