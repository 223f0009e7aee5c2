// Without arguments the service runs. With arguments it is asked about what it did: runs list, runs show, state, why, check, export, restore.
using Agent._1;
using Nagare.CommandLine;

return await NagareCommandLine.Run(args, new CommandLineOptions
{
    Description = "Answers questions about orders, and says why it answered what it did.",
    AddModels = static nagare => nagare.AddModel<AgentModel>(),
    DefaultDatabase = AgentService.Journal,
    WithoutArguments = AgentService.Run,
});
