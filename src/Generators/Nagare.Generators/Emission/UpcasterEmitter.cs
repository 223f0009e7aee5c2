using System.Linq;

namespace Nagare.Generators;

/// <summary>Prints how each past event of a family is read and what it becomes: the whole chain as one call.</summary>
internal static class UpcasterEmitter
{
    private const string Linq = "global::System.Linq.Enumerable";

    public static GeneratedFile Emit(FamilyUpcasters upcasters)
    {
        var source = new SourceWriter();
        Placement.Around(source, upcasters.Family, accessibility =>
            source.Block($"{accessibility} static partial class {upcasters.Family.MangledName}Family", () =>
            {
                source.Line(SourceWriter.GeneratedCode);
                source.Block("static partial void AddPast(global::System.Collections.Generic.List<global::Nagare.PastEventType> past)", () =>
                {
                    foreach (var chain in upcasters.Chains)
                    {
                        EmitChain(source, chain);
                    }
                });
            }));
        return new GeneratedFile(upcasters.Family.HintName + ".Upcasters.g.cs", source.End());
    }

    private static void EmitChain(SourceWriter source, UpcasterChain chain)
    {
        source.Line($"past.Add(global::Nagare.PastEventType.{(chain.IsMany ? "ToMany" : "ToOne")}<{chain.Type}>(");
        source.Indented(() =>
        {
            source.Line($"{Literals.Text(chain.Name)},");
            source.Line($"{chain.Version},");
            source.Line($"{chain.Converter},");
            source.Line($"static {(chain.TakesContext ? "(old, at)" : "old")} => {Call(chain.Steps, 0, "old")}));");
        });
    }

    private static string Call(EquatableArray<UpcasterModel> steps, int index, string old)
    {
        var step = steps[index];
        var call = $"{step.Method}({old}{Context(step.Context)})";
        if (index == steps.Count - 1)
        {
            return call;
        }

        if (!step.IsMany)
        {
            return Call(steps, index + 1, call);
        }

        var flatten = steps.Skip(index + 1).Any(static later => later.IsMany) ? "SelectMany" : "Select";
        var part = index == 0 ? "part" : $"part{index + 1}";
        return $"{Linq}.{flatten}({call}, {part} => {Call(steps, index + 1, part)})";
    }

    private static string Context(UpcasterContext context) => context switch
    {
        UpcasterContext.Metadata => ", at.Metadata",
        UpcasterContext.Envelope => ", at",
        _ => "",
    };
}
