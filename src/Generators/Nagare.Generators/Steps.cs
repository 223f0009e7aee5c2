namespace Nagare.Generators;

/// <summary>Names of the pipelines' steps, by which tests ask what was cached.</summary>
internal static class Steps
{
    public const string ParseEvent = nameof(ParseEvent);
    public const string ParseEventEntry = nameof(ParseEventEntry);
    public const string DistinctEvents = nameof(DistinctEvents);
    public const string DistinctShapes = nameof(DistinctShapes);
    public const string ParseFamily = nameof(ParseFamily);
    public const string TableFamily = nameof(TableFamily);
    public const string TableJson = nameof(TableJson);
    public const string ParseState = nameof(ParseState);
}
