namespace Nagare;

/// <summary>A request to an aggregate, which decides: events, a rejection, or nothing.</summary>
/// <typeparam name="TAggregate">The aggregate that decides it.</typeparam>
public interface ICommand<TAggregate>;

/// <summary>Gives a command a stored name. Events that the command led to carry it in their metadata, entry <c>command</c>.</summary>
/// <param name="name">The stored name, 1 to 255 bytes of UTF-8.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class CommandAttribute(string name) : Attribute
{
    /// <summary>The stored name.</summary>
    public string Name { get; } = name;
}
