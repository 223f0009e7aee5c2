using System;
using System.Collections.Generic;
using System.Linq;
using Nagare.Generators;

namespace Nagare.Schema;

/// <summary>
/// Every stored shape of a project: what its <c>nagare.schema</c> says, or what its code says today. Both are this one type, so that
/// one function compares them. Nothing here knows the compiler: generators, analyzers and the tool share these files.
/// </summary>
internal sealed record SchemaLock
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "nagare.schema";

    /// <summary>The key of the assembly metadata in which a build leaves each event's schema.</summary>
    public const string MetadataKey = "Nagare.Schema";

    public static readonly SchemaLock Empty = new();

    /// <summary>In ordinal order of their names.</summary>
    public EquatableArray<SchemaFamily> Families { get; init; }

    /// <summary>In ordinal order of family and name, then by version.</summary>
    public EquatableArray<SchemaEvent> Events { get; init; }

    /// <summary>The types inside events, in ordinal order of their labels.</summary>
    public EquatableArray<SchemaType> Types { get; init; }

    /// <summary>Reads what <see cref="ToString"/> prints.</summary>
    /// <exception cref="SchemaFormatException">A line is none of the format's.</exception>
    public static SchemaLock Parse(string text) => SchemaReader.Read(text);

    public SchemaFamily? Family(string name) => Families.FirstOrDefault(family => family.Name == name);

    public SchemaEvent? Event(string family, string name, int version) =>
        Events.FirstOrDefault(e => e.Version == version && e.Name == name && e.Family == family);

    public SchemaType? Type(string label) => Types.FirstOrDefault(type => type.Label == label);

    /// <summary>The same facts in the one order that the file has, without types that no event reaches.</summary>
    public SchemaLock Normalized()
    {
        var reached = Reached();
        return new SchemaLock
        {
            Families = Families.InOrder(static family => family.Name),
            Events = (Events.Count < 2 ? Events : Events
                .OrderBy(e => e.Family, StringComparer.Ordinal)
                .ThenBy(e => e.Name, StringComparer.Ordinal)
                .ThenBy(e => e.Version)
                .ToEquatableArray())
                .Select(Normalized)
                .ToEquatableArray(),
            Types = Types
                .Where(type => reached.Contains(type.Label))
                .OrderBy(type => type.Label, StringComparer.Ordinal)
                .Select(Normalized)
                .ToEquatableArray(),
        };
    }

    // Most are in order already, and stay what they are.
    private static SchemaEvent Normalized(SchemaEvent e) =>
        SchemaMember.InOrder(e.Members) is var members && members.IsSame(e.Members) ? e : e with { Members = members };

    private static SchemaType Normalized(SchemaType type) =>
        (SchemaMember.InOrder(type.Members), SchemaName.InOrder(type.Names)) is var (members, names) && members.IsSame(type.Members) && names.IsSame(type.Names)
            ? type
            : type with { Members = members, Names = names };

    /// <summary>Everything sealed: what a release does, and what everything on a base branch counts as.</summary>
    public SchemaLock Seal() => this with
    {
        Events = Events.Select(e => e with { IsDraft = false, Members = SchemaMember.Seal(e.Members) }).ToEquatableArray(),
        Types = Types.Select(type => type with
        {
            IsDraft = false,
            Members = SchemaMember.Seal(type.Members),
            Names = type.Names.Select(name => name with { IsDraft = false }).ToEquatableArray(),
        }).ToEquatableArray(),
    };

    /// <summary>The file's text.</summary>
    public override string ToString() => SchemaWriter.Write(this);

    private HashSet<string> Reached()
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<SchemaMember>(Events.SelectMany(e => e.Members));
        while (open.Count > 0)
        {
            if (open.Pop().Value.Label is { } label && reached.Add(label) && Type(label) is { } type)
            {
                foreach (var member in type.Members)
                {
                    open.Push(member);
                }
            }
        }

        return reached;
    }
}
