namespace Nagare;

/// <summary>Walks causes and effects, breadth first.</summary>
internal sealed class Lineage(IEnvelopeReader reader, IExplanations explanations) : ILineage
{
    public ValueTask<LineageGraph> Causes(Guid eventId, CancellationToken cancellationToken = default) => throw new NotSupportedException($"{reader}");

    public ValueTask<LineageGraph> Causes(Guid eventId, LineageOptions options, CancellationToken cancellationToken = default) => throw new NotSupportedException($"{explanations}");

    public ValueTask<LineageGraph> Effects(Guid eventId, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<LineageGraph> Effects(Guid eventId, LineageOptions options, CancellationToken cancellationToken = default) => throw new NotSupportedException();
}
