using System.Linq;
using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>Composes upcasters: for each past event of a family the whole way to today's events, as part of the family's descriptor.</summary>
internal sealed class UpcasterGenerator : IConcern
{
    /// <inheritdoc/>
    public void Register(IncrementalGeneratorInitializationContext context, Marks marks)
    {
        var pastEvents = marks.AllPastEvents
            .Select(static (events, _) => events.Select(static e => e.Entry).ToEquatableArray())
            .WithTrackingName(Steps.ParsePastEntry);

        var families = marks.Families.Collect()
            .SelectMany(static (families, _) => Distinct.Families(families));

        var composed = families
            .Combine(pastEvents.Combine(marks.Upcasters.Collect()).Select(static (all, _) => new UpcasterGraph(all.Left, all.Right)))
            .Select(static (pair, _) => pair.Right.Of(pair.Left.Type))
            .Where(static family => family.Chains.Count > 0)
            .WithTrackingName(Steps.ComposeUpcasters);

        var taken = families
            .Combine(marks.Upcasters.Where(static upcaster => upcaster.Source.Length == 0).Collect())
            .Select(static (pair, _) => UpcasterParser.Json(pair.Left, pair.Right))
            .Where(static family => family.Stored.Count > 0)
            .WithTrackingName(Steps.CollectJsonUpcasters);

        context.RegisterSourceOutput(taken, static (output, family) => SchemaEmitter.Emit(family).AddTo(output));
        context.RegisterSourceOutput(composed, static (output, family) => UpcasterEmitter.Emit(family).AddTo(output));
    }
}
