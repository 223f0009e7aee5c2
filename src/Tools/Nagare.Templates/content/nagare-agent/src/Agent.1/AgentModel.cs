using Nagare;

namespace Agent._1;

/// <summary>One a project: the generator lists every family, aggregate, explainer and rule in it.</summary>
[EventModel]
public sealed partial class AgentModel;
