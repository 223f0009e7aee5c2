namespace Nagare.CommandLine;

/// <summary>A record of an import is not what its format says. The file and the line are added by whoever reports it.</summary>
/// <param name="reason">What was found instead of what, without a full stop: "'traj' is missing".</param>
/// <param name="inner">The failure underneath, or null.</param>
public sealed class MalformedRecordException(string reason, Exception? inner = null) : Exception(reason, inner);
