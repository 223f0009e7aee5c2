using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Nagare.Generators;
using Nagare.Schema;

namespace Nagare.Analyzers;

/// <summary>The schema of a compilation's code, and which type stands behind each of its events.</summary>
internal sealed class CurrentSchema
{
    private readonly List<(SchemaEvent Event, INamedTypeSymbol Type)> _types = [];

    private CurrentSchema(IEnumerable<INamedTypeSymbol> types, CancellationToken cancellationToken)
    {
        var parts = new List<SchemaLock>();
        foreach (var type in types)
        {
            if (Part(type, cancellationToken) is { } part)
            {
                parts.Add(part);
                _types.Add((part.Events[0], type));
            }
        }

        Schema = SchemaMerge.Of(parts);
    }

    public SchemaLock Schema { get; }

    public static CurrentSchema Of(IEnumerable<INamedTypeSymbol> types, CancellationToken cancellationToken) => new(types, cancellationToken);

    /// <summary>The record of an event's version, or null.</summary>
    public INamedTypeSymbol? Type(string family, string name, int version) =>
        _types.Where(known => known.Event.Family == family && known.Event.Name == name && known.Event.Version == version).Select(known => known.Type).FirstOrDefault();

    private static SchemaLock? Part(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        EventParser.Parse(type, cancellationToken) is { Event.Shape.Problem: null } parsed ? EventSchema.Of(parsed) : null;
}
