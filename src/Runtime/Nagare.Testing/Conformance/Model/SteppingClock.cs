namespace Nagare.Testing;

/// <summary>A clock that stands still until it is told to go on.</summary>
internal sealed class SteppingClock(DateTimeOffset start) : TimeProvider
{
    private long _utcTicks = start.UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _utcTicks), TimeSpan.Zero);

    public void Advance(TimeSpan step) => Interlocked.Add(ref _utcTicks, step.Ticks);
}
