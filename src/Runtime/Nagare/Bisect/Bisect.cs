using System.Runtime.CompilerServices;

namespace Nagare;

/// <summary>Finds where rules break by a forward fold: right for every rule, also for one that breaks, recovers and breaks again.</summary>
internal sealed class Bisect(IJournal journal, IEnvelopeReader reader, EventModel model, IExplanations explanations, IServiceProvider services) : IBisect
{
    public ValueTask<BisectResult> Find(InvariantRule rule, JournalScope scope, CancellationToken cancellationToken = default) =>
        Find(rule, scope, BisectMode.FirstViolation, cancellationToken);

    public async ValueTask<BisectResult> Find(InvariantRule rule, JournalScope scope, BisectMode mode, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rule);
        if (mode != BisectMode.FirstViolation)
        {
            throw new ArgumentOutOfRangeException(nameof(mode), mode, "No such mode.");
        }

        var results = await FindEach([rule], scope, progress: null, cancellationToken).ConfigureAwait(false);
        return results[0];
    }

    public async ValueTask<IReadOnlyList<BisectResult>> FindEach(IReadOnlyList<InvariantRule> rules, JournalScope scope, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(scope);
        return await Watch([.. Resolve(rules).Select(rule => new RuleWatch(rule))], scope, progress, cancellationToken).ConfigureAwait(false);
    }

    public IAsyncEnumerable<Violation> FindInEachStream(InvariantRule rule, JournalScope scope, CancellationToken cancellationToken = default) =>
        FindInEachStream([rule], scope, progress: null, cancellationToken);

    public IAsyncEnumerable<Violation> FindInEachStream(IReadOnlyList<InvariantRule> rules, JournalScope scope, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(scope);
        return WatchStreams(Resolve(rules), scope, progress, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<BisectResult>> Timeline(StreamId stream, CancellationToken cancellationToken = default)
    {
        var watches = Resolve(model.Invariants).Select(rule => new RuleWatch(rule) { IsDeclarationChecked = true });
        return await Watch([.. watches], JournalScope.Of(stream), progress: null, cancellationToken).ConfigureAwait(false);
    }

    private List<IBisectInvariant> Resolve(IReadOnlyList<InvariantRule> rules) => [.. rules.Select(rule => rule.Resolve(services))];

    private async ValueTask<IReadOnlyList<BisectResult>> Watch(IReadOnlyList<RuleWatch> watches, JournalScope scope, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        using var span = Spans.StartSearch(watches.Count);
        try
        {
            var (results, events) = await WatchAll(watches, scope, progress, cancellationToken).ConfigureAwait(false);
            span?.SetTag(Spans.SearchedEvents, events);
            span?.SetTag(Spans.Violations, results.Count(result => result.First is not null));
            return results;
        }
        catch (Exception e)
        {
            Spans.Fail(span, e);
            throw;
        }
    }

    private async ValueTask<(IReadOnlyList<BisectResult> Results, long Events)> WatchAll(IReadOnlyList<RuleWatch> watches, JournalScope scope, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        using var pass = await BisectPass.Begin(journal, reader, explanations, scope, cancellationToken).ConfigureAwait(false);
        var open = watches.ToList();
        if (open.Count == 0)
        {
            return ([], 0);
        }

        var events = 0L;
        await foreach (var latest in pass.Read(progress).ConfigureAwait(false))
        {
            events++;
            foreach (var watch in open)
            {
                await watch.Look(pass, latest).ConfigureAwait(false);
            }

            open.RemoveAll(watch => watch.IsFinished);
            if (open.Count == 0)
            {
                break;
            }
        }

        return ([.. watches.Select(watch => watch.Result)], events);
    }

    private async IAsyncEnumerable<Violation> WatchStreams(List<IBisectInvariant> rules, JournalScope scope, IProgress<long>? progress, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var span = Spans.StartSearch(rules.Count);
        using var pass = await BisectPass.Begin(journal, reader, explanations, scope, cancellationToken).ConfigureAwait(false);
        var events = 0L;
        var broken = new HashSet<(int Rule, StreamId Stream)>();
        await foreach (var latest in pass.Read(progress).ConfigureAwait(false))
        {
            span?.SetTag(Spans.SearchedEvents, ++events);
            for (var i = 0; i < rules.Count; i++)
            {
                if (broken.Contains((i, latest.StreamId)))
                {
                    continue;
                }

                var result = await pass.Ask(rules[i], latest).ConfigureAwait(false);
                if (result.Message is { } message)
                {
                    broken.Add((i, latest.StreamId));
                    span?.SetTag(Spans.Violations, broken.Count);
                    yield return await pass.Violation(rules[i], latest, message).ConfigureAwait(false);
                }
            }

            if (scope.Stream is not null && broken.Count == rules.Count)
            {
                yield break;
            }
        }
    }
}
