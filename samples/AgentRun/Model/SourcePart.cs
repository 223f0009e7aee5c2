using System.Text.Json;

namespace AgentRuns;

/// <summary>
/// One object of an imported file, as far as an event stems from it: where it stood, and what the event's own members do not say.
/// Together with those members it is the whole object, so that a run can be written back as it came.
/// </summary>
/// <param name="At">Where it stood, as a JSON pointer from the record's root: <c>/messages/5/extra</c>; empty for the root.</param>
/// <param name="Rest">Its members that no member of the event carries, each as it came; null for none. What stands here wins over the event's own members.</param>
/// <param name="Absent">Members that objects of this kind usually have and this one had not; null for none.</param>
public sealed record SourcePart(string At, IReadOnlyDictionary<string, JsonElement>? Rest = null, IReadOnlyList<string>? Absent = null);
