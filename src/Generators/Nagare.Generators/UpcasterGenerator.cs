using System.Linq;
using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>Composes upcasters: for each past event of a family the whole way to today's events, as part of the family's descriptor.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class UpcasterGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var pastEvents = context
            .ForMark(KnownNames.PastEventAttribute, PastEventParser.IsCandidate, PastEventParser.ParseEntry)
            .WithTrackingName(Steps.ParsePastEntry);

        var upcasters = context
            .ForMark(KnownNames.UpcasterAttribute, UpcasterParser.IsCandidate, UpcasterParser.Parse)
            .WithTrackingName(Steps.ParseUpcaster);

        var families = context
            .ForMark(KnownNames.EventFamilyAttribute, FamilyParser.IsCandidate, FamilyParser.Parse)
            .Collect()
            .SelectMany(static (families, _) => Distinct.Families(families));

        var composed = families
            .Combine(pastEvents.Collect().Combine(upcasters.Collect()).Select(static (all, _) => new UpcasterGraph(all.Left, all.Right)))
            .Select(static (pair, _) => pair.Right.Of(pair.Left.Type))
            .Where(static family => family.Chains.Count > 0)
            .WithTrackingName(Steps.ComposeUpcasters);

        var taken = families
            .Combine(upcasters.Where(static upcaster => upcaster.Source.Length == 0).Collect())
            .Select(static (pair, _) => UpcasterParser.Json(pair.Left, pair.Right))
            .Where(static family => family.Stored.Count > 0)
            .WithTrackingName(Steps.CollectJsonUpcasters);

        context.RegisterSourceOutput(taken, static (output, family) => SchemaEmitter.Emit(family).AddTo(output));
        context.RegisterSourceOutput(composed, static (output, family) => UpcasterEmitter.Emit(family).AddTo(output));
    }
}
