using System.Linq;

namespace Nagare.Generators;

/// <summary>Prints what a family's base record gains, and the family's descriptor.</summary>
internal static class FamilyEmitter
{
    public static GeneratedFile Emit(FamilyTable table)
    {
        var source = new SourceWriter();
        Placement.Around(source, table.Family.Type, accessibility => EmitDescriptor(source, table, accessibility));
        source.Line();
        EmitBase(source, table);
        return new GeneratedFile(table.Family.Type.HintName + ".Family.g.cs", source.End());
    }

    private static void EmitDescriptor(SourceWriter source, FamilyTable table, string accessibility)
    {
        var type = table.Family.Type;
        source.Line($"/// <summary>The event family {table.Family.Name}.</summary>");
        source.Line(SourceWriter.GeneratedCode);
        source.Block($"{accessibility} static partial class {type.MangledName}Family", () =>
        {
            source.Line("private static global::Nagare.EventFamily? _value;");
            source.Line();
            source.Line("/// <summary>The family with its events, in ordinal order of their stored names.</summary>");
            source.Line("/// <exception cref=\"global::Nagare.EventModelException\">An event holds a type that no codec covers.</exception>");
            source.Line("public static global::Nagare.EventFamily Value => _value ??= Make();");
            source.Line();
            source.Block("private static global::Nagare.EventFamily Make()", () =>
            {
                source.Line("var past = new global::System.Collections.Generic.List<global::Nagare.PastEventType>();");
                source.Line("AddPast(past);");
                source.Line($"return new({Literals.Text(table.Family.Name)}, typeof({type.FullName}),");
                source.Line("[");
                source.Indented(() =>
                {
                    foreach (var e in table.Events)
                    {
                        source.Line($"{ConverterNames.EventTypeOf(e.Type)},");
                    }
                });
                source.Block("])", () =>
                {
                    source.Line("Past = past,");
                    if (table.Family.FormerNames.Count > 0)
                    {
                        source.Line($"FormerNames = {Literals.List(table.Family.FormerNames)},");
                    }
                }, "};");
            });
            source.Line();
            source.Line("// Written beside it where the family has past events.");
            source.Line("static partial void AddPast(global::System.Collections.Generic.List<global::Nagare.PastEventType> past);");
        });
    }

    private static void EmitBase(SourceWriter source, FamilyTable table)
    {
        var type = table.Family.Type;
        var visible = table.Events.Where(e => e.Type.IsVisible).Select(e => $"typeof({e.Type.FullName})");
        Placement.Inside(source, type, $"[global::Nagare.FamilyMembers({string.Join(", ", visible)})]", () =>
        {
            if (!table.Family.HasConstructor)
            {
                source.Line("/// <summary>Closes the family: only this assembly adds events to it.</summary>");
                source.Line(SourceWriter.GeneratedCode);
                source.Block($"private protected {type.Name}()", () => { });
                source.Line();
            }

            source.Line("/// <summary>An event alone is the decision to store it.</summary>");
            source.Line(SourceWriter.GeneratedCode);
            source.Line($"public static implicit operator global::Nagare.Decision({type.FullName} e) => global::Nagare.Decision.From(e);");
        });
    }
}
