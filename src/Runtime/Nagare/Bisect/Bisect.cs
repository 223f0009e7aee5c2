namespace Nagare;

/// <summary>Finds where rules break, by folding forward.</summary>
internal sealed class Bisect(IJournal journal, IEnvelopeReader reader, EventModel model, IExplanations explanations, IServiceProvider services) : IBisect
{
    public ValueTask<BisectResult> Find(InvariantRule rule, JournalScope scope, CancellationToken cancellationToken = default) => throw new NotSupportedException($"{journal}{reader}");

    public ValueTask<BisectResult> Find(InvariantRule rule, JournalScope scope, BisectMode mode, CancellationToken cancellationToken = default) => throw new NotSupportedException($"{model}{explanations}");

    public ValueTask<IReadOnlyList<BisectResult>> FindEach(IReadOnlyList<InvariantRule> rules, JournalScope scope, IProgress<long>? progress = null, CancellationToken cancellationToken = default) => throw new NotSupportedException($"{services}");

    public IAsyncEnumerable<Violation> FindInEachStream(InvariantRule rule, JournalScope scope, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public IAsyncEnumerable<Violation> FindInEachStream(IReadOnlyList<InvariantRule> rules, JournalScope scope, IProgress<long>? progress = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<BisectResult>> Timeline(StreamId stream, CancellationToken cancellationToken = default) => throw new NotSupportedException();
}
