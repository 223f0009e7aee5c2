namespace Agent._1;

/// <summary>Something that the agent can do.</summary>
public interface ITool
{
    /// <summary>The name by which the model calls it.</summary>
    string Name { get; }

    /// <summary>Does it, and says what came of it.</summary>
    ValueTask<string> Call(string input, CancellationToken cancellationToken);
}

/// <summary>An order book of three orders. Put your own systems in its place.</summary>
public sealed class OrderBook : ITool
{
    public string Name => "orders";

    public ValueTask<string> Call(string input, CancellationToken cancellationToken) => ValueTask.FromResult(input switch
    {
        "7" => "Order 7 was shipped on Monday.",
        "8" => "Order 8 waits for flour.",
        "9" => "Order 9 was cancelled by the customer.",
        _ => $"There is no order {input}.",
    });
}
