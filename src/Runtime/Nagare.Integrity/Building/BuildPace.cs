namespace Nagare;

/// <summary>How much of its time a builder works.</summary>
/// <param name="Share">Above 0; at 1 it never rests.</param>
/// <param name="Clock">What it measures its work by, and rests by.</param>
internal sealed record BuildPace(double Share, TimeProvider Clock)
{
    /// <summary>Rests until the work since then was no more than its share.</summary>
    /// <param name="startedAt">The clock's timestamp when the work began.</param>
    /// <param name="cancellationToken">Ends the rest.</param>
    public Task Rest(long startedAt, CancellationToken cancellationToken) => Task.Delay(Clock.GetElapsedTime(startedAt) * ((1 / Share) - 1), Clock, cancellationToken);
}
