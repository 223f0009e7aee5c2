namespace Nagare;

/// <summary>Marks the one partial class of an assembly into which everything marked in the assembly is listed, for <c>AddModel</c>.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class EventModelAttribute : Attribute;
