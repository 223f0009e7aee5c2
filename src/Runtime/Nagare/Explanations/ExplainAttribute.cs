namespace Nagare;

/// <summary>Explains an event by templates over its members: <c>[Explain("Decided to call {ToolName}", "{Thought}")]</c>.</summary>
/// <remarks>
/// A hole names a public member of the event, or a member of a member (<c>{Order.Id}</c>), with an optional format
/// (<c>{CostUsd:0.00}</c>); braces are doubled to stand for themselves. Values are formatted culture-invariantly; null is empty.
/// </remarks>
/// <param name="title">What happened.</param>
/// <param name="summary">One or two sentences more.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ExplainAttribute(string title, string summary = "") : Attribute
{
    /// <summary>What happened.</summary>
    public string Title { get; } = title;

    /// <summary>One or two sentences more.</summary>
    public string Summary { get; } = summary;

    /// <summary>Whatever else helps.</summary>
    public string? Detail { get; set; }

    /// <summary>Who acted.</summary>
    public string? Actor { get; set; }

    /// <summary>Tags as <c>name=template</c>.</summary>
    public string[] Tags { get; set; } = [];
}

/// <summary>The templates of an <see cref="ExplainAttribute"/> as they are kept in the journal, for readers without the event's type.</summary>
/// <remarks>Holes name members as the payload does; generated event types see to it. A hole that names them as the code does is found where the two differ in case only.</remarks>
/// <param name="Title">What happened.</param>
/// <param name="Summary">One or two sentences more.</param>
/// <param name="Detail">Whatever else helps, or null.</param>
/// <param name="Actor">Who acted, or null.</param>
/// <param name="Tags">Tags as <c>name=template</c>.</param>
public sealed record ExplanationTemplate(string Title, string Summary, string? Detail, string? Actor, IReadOnlyList<string> Tags);
