namespace Nagare.CommandLine;

/// <summary>Takes how much is done so far and shows how much more that is. At once, where <see cref="Progress{T}"/> would report later and from elsewhere.</summary>
internal sealed class RunningCount(IProgressDisplay display) : IProgress<long>
{
    /// <summary>How much was done at the last report.</summary>
    public long Value { get; private set; }

    public void Report(long value)
    {
        display.Advance(value - Value);
        Value = value;
    }
}
