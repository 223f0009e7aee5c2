// The whole program: its model, its importers and its story. The verbs are Nagare.CommandLine's, the same for every application.
using AgentRuns;
using Nagare.CommandLine;

return await NagareCommandLine.Run(args, new CommandLineOptions
{
    Name = "agent-run",
    Description = "Records runs of AI agents in a journal, and answers what they knew, did and why.",
    AddModels = static nagare => nagare.AddModel<AgentRunsModel>(),
    Importers = [new TauBenchImporter(), new MiniSweImporter(), new SweAgentImporter()],
    SourceWriter = RunSource.TryWrite,
    DefaultDatabase = "agent-run.db",
    MainCategory = "agent-run",
    WithoutArguments = RunStory.Tell,
});
