namespace Nagare.Generators;

/// <summary>Metadata names of what generators and analyzers look for.</summary>
internal static class KnownNames
{
    public const string Namespace = "Nagare";
    public const string GeneratedNamespace = "Nagare.Generated";

    public const string EventAttribute = "Nagare.EventAttribute";
    public const string EventFamilyAttribute = "Nagare.EventFamilyAttribute";
    public const string EventModelAttribute = "Nagare.EventModelAttribute";
    public const string PastEventAttribute = "Nagare.PastEventAttribute`1";
    public const string UpcasterAttribute = "Nagare.UpcasterAttribute";
    public const string FormerNameAttribute = "Nagare.FormerNameAttribute";
    public const string FamilyMembersAttribute = "Nagare.FamilyMembersAttribute";
    public const string ExplainAttribute = "Nagare.ExplainAttribute";
    public const string ExplainerAttribute = "Nagare.ExplainerAttribute";
    public const string AggregateAttribute = "Nagare.AggregateAttribute";
    public const string IgnoresAttribute = "Nagare.IgnoresAttribute`1";
    public const string CommandAttribute = "Nagare.CommandAttribute";
    public const string InvariantAttribute = "Nagare.InvariantAttribute";

    public const string Aggregate = "Nagare.IAggregate`2";
    public const string EventExplainer = "Nagare.IEventExplainer`1";
    public const string Command = "Nagare.ICommand`1";

    public const string Decision = "Nagare.Decision`1";
    public const string DecisionContext = "Nagare.DecisionContext";
    public const string Envelope = "Nagare.Envelope";
    public const string EventMetadata = "Nagare.EventMetadata";
    public const string Explanation = "Nagare.Explanation";
    public const string BisectInvariant = "Nagare.IBisectInvariant";
    public const string InvariantResult = "Nagare.InvariantResult";

    public const string SetsRequiredMembersAttribute = "System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute";
    public const string ServiceProvider = "System.IServiceProvider";

    public const string JsonElement = "System.Text.Json.JsonElement";
    public const string JsonConstructorAttribute = "System.Text.Json.Serialization.JsonConstructorAttribute";
    public const string JsonConverterAttribute = "System.Text.Json.Serialization.JsonConverterAttribute";
    public const string JsonDerivedTypeAttribute = "System.Text.Json.Serialization.JsonDerivedTypeAttribute";
    public const string JsonIgnoreAttribute = "System.Text.Json.Serialization.JsonIgnoreAttribute";
    public const string JsonPropertyNameAttribute = "System.Text.Json.Serialization.JsonPropertyNameAttribute";
    public const string JsonSourceGenerationOptionsAttribute = "System.Text.Json.Serialization.JsonSourceGenerationOptionsAttribute";
    public const string JsonStringEnumMemberNameAttribute = "System.Text.Json.Serialization.JsonStringEnumMemberNameAttribute";
}
