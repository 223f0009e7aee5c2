namespace Nagare.Generators;

/// <summary>Names of the pipelines' steps, by which tests ask what was cached.</summary>
internal static class Steps
{
    public const string ParseEvent = nameof(ParseEvent);
    public const string ParseEventEntry = nameof(ParseEventEntry);
    public const string ParsePastEvent = nameof(ParsePastEvent);
    public const string ParsePastEntry = nameof(ParsePastEntry);
    public const string ParseUpcaster = nameof(ParseUpcaster);
    public const string ComposeUpcasters = nameof(ComposeUpcasters);
    public const string DistinctEvents = nameof(DistinctEvents);
    public const string DistinctPastEvents = nameof(DistinctPastEvents);
    public const string DistinctSnapshots = nameof(DistinctSnapshots);
    public const string DistinctShapes = nameof(DistinctShapes);
    public const string CollectJsonUpcasters = nameof(CollectJsonUpcasters);
    public const string ParseFamily = nameof(ParseFamily);
    public const string TableFamily = nameof(TableFamily);
    public const string TableJson = nameof(TableJson);
    public const string ParseState = nameof(ParseState);

    public const string CollectMembers = nameof(CollectMembers);
    public const string ParseAggregate = nameof(ParseAggregate);
    public const string CompleteAggregate = nameof(CompleteAggregate);
    public const string ParseExplainer = nameof(ParseExplainer);
    public const string CompleteExplainer = nameof(CompleteExplainer);
    public const string ParseInvariant = nameof(ParseInvariant);
    public const string ParseModel = nameof(ParseModel);
    public const string ParseCommand = nameof(ParseCommand);
    public const string ParseRegistration = nameof(ParseRegistration);
    public const string CompleteModel = nameof(CompleteModel);
}
