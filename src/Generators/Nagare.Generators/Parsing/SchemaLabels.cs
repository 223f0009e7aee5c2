using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;

namespace Nagare.Generators;

/// <summary>What a schema calls the types inside an event: by their simple names where those are apart, otherwise with their namespaces.</summary>
internal sealed class SchemaLabels
{
    // Asked for again by each event that holds the type.
    private static readonly ConditionalWeakTable<ShapeModel, string> Known = new();

    private readonly IReadOnlyList<ShapeModel> _shapes;

    public SchemaLabels(IReadOnlyList<ShapeModel> shapes)
    {
        _shapes = shapes;
        var labels = new HashSet<string>(System.StringComparer.Ordinal);
        AreSimple = true;
        for (var i = 0; i < shapes.Count; i++)
        {
            AreSimple &= labels.Add(Simple(shapes[i]));
        }
    }

    /// <summary>Whether none of the types needs its namespace.</summary>
    public bool AreSimple { get; }

    public string Of(ShapeModel shape) =>
        AreSimple || _shapes.Count(other => Simple(other) == Simple(shape)) == 1 ? Simple(shape) : Kebab(EventSchema.ClrName(shape.Type.FullName));

    /// <summary>The label of the type of this full name, or null where it is none of those inside the event.</summary>
    public string? Of(string fullName)
    {
        for (var i = 0; i < _shapes.Count; i++)
        {
            if (_shapes[i].Type.FullName == fullName)
            {
                return Of(_shapes[i]);
            }
        }

        return null;
    }

    /// <summary>Without the namespace, with what it is made of: <c>Pair&lt;Shop.Money&gt;</c> → <c>pair-shop-money</c>.</summary>
    public static string Simple(string fullName)
    {
        var arguments = fullName.IndexOf('<');
        var start = fullName.LastIndexOf('.', arguments < 0 ? fullName.Length - 1 : arguments) + 1;
        return Kebab(EventSchema.ClrName(fullName.Substring(start)));
    }

    private static string Simple(ShapeModel shape) => Known.GetValue(shape, static shape => Simple(shape.Type.FullName));

    private static string Kebab(string name)
    {
        var words = new string(name.Select(character => char.IsLetterOrDigit(character) ? character : '_').ToArray());
        return EventNames.KebabCase(words.Trim('_'));
    }
}
