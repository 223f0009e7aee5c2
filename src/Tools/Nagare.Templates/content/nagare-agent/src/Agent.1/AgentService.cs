using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nagare;
using Nagare.CommandLine;

namespace Agent._1;

/// <summary>Answers the questions that come in on standard input, a line each, until it ends. Put your queue or your endpoint in its place.</summary>
public sealed class AgentService(AgentLoop agent, CommandConsole console, IHostApplicationLifetime host) : BackgroundService
{
    /// <summary>The journal, in the folder where the service runs.</summary>
    public const string Journal = "agent.db";

    /// <summary>Hosts the service until it has nothing more to do or is asked to stop.</summary>
    public static async Task<int> Run(CommandConsole console, CancellationToken cancellationToken)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services
            .AddNagare(nagare => nagare.AddModel<AgentModel>().UseSqlite($"Data Source={Journal}"))
            .AddSingleton(console)
            .AddSingleton<ILanguageModel, StandInModel>()
            .AddSingleton<ITool, OrderBook>()
            .AddSingleton<AgentLoop>()
            .AddHostedService<AgentService>();
        await builder.Build().RunAsync(cancellationToken);
        return ExitCode.Fine;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var questions = new StreamReader(console.Input);
        while (await questions.ReadLineAsync(stoppingToken) is { } question)
        {
            if (question.Trim().Length > 0)
            {
                var (run, answer) = await agent.Answer(question.Trim(), stoppingToken);
                console.Out.WriteLine($"{run}: {answer}");
            }
        }

        host.StopApplication();
    }
}
