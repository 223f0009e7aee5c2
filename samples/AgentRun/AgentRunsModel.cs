using Nagare;

namespace AgentRuns;

/// <summary>Everything that this assembly registers: its families, views, explainer and rules.</summary>
[EventModel]
public sealed partial class AgentRunsModel;
