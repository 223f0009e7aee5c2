using System.Linq;
using Nagare.Schema;

namespace Nagare.Generators;

/// <summary>Prints schemas as assembly metadata, where tools read them without loading the assembly: an event's in the file of its converter.</summary>
internal static class SchemaEmitter
{
    public static GeneratedFile Emit(FamilyJsonUpcasters upcasters)
    {
        var source = new SourceWriter();
        EmitMetadata(source, SchemaMerge.Of(upcasters.Stored.Select(stored => EventSchema.OfJson(upcasters.Family.Name, stored.Name, stored.Version))));
        return new GeneratedFile(upcasters.Family.Type.HintName + ".PastJson.g.cs", source.End());
    }

    /// <summary>Prints the attribute, which stands in front of all types.</summary>
    public static void EmitMetadata(SourceWriter source, SchemaLock schema)
    {
        source.Line($"[assembly: global::System.Reflection.AssemblyMetadata({Literals.Text(SchemaLock.MetadataKey)},");
        source.Indented(() => source.Text(schema.ToString(), ")]"));
    }
}
