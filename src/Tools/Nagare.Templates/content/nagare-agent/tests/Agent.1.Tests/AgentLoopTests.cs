using Microsoft.Extensions.DependencyInjection;
using Nagare;
using Nagare.Testing;

namespace Agent._1.Tests;

/// <summary>The whole loop, with a journal in memory.</summary>
public class AgentLoopTests
{
    [Fact]
    public async Task A_question_is_answered_and_every_step_is_explained()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var services = new ServiceCollection()
            .AddNagare(nagare => nagare.AddModel<AgentModel>().UseInMemory())
            .AddSingleton<ILanguageModel, StandInModel>()
            .AddSingleton<ITool, OrderBook>()
            .AddSingleton<AgentLoop>()
            .BuildServiceProvider();

        var (run, answer) = await services.GetRequiredService<AgentLoop>().Answer("Where is order 7?", cancellationToken);
        Assert.Equal("Order 7 was shipped on Monday.", answer);

        var said = new List<string>();
        await foreach (var step in services.GetRequiredService<IAggregateRepository<AgentRun>>().Steps(AgentRun.Stream(run), cancellationToken))
        {
            said.Add(step.Explanation.ToString());
        }

        Assert.Equal(
            [
                "The user asked: Where is order 7?",
                "Called orders: 7, because the user names an order",
                "orders returned: Order 7 was shipped on Monday.",
                "Answered: Order 7 was shipped on Monday.",
            ],
            said);
    }
}
