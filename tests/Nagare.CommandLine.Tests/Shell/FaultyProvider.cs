using Nagare.Storage;
using Nagare.Testing;

namespace Nagare.CommandLine.Tests;

/// <summary>A journal in memory whose appends go through a test's hands.</summary>
/// <param name="beforeAppend">Called with the number of the append, from 1, before it is stored.</param>
internal sealed class FaultyProvider(Func<int, ValueTask> beforeAppend) : JournalProvider
{
    private readonly InMemoryJournal _journal = new();
    private int _appends;

    public override string Name => "memory";

    public override IReadOnlyList<string> Schemes { get; } = ["memory"];

    public override string Example => "anything";

    public override JournalLocation Locate(string text) => new Location(this, text);

    private sealed class Location(FaultyProvider faults, string name) : JournalLocation
    {
        public override string Place => name;

        public override bool NamesDatabase => true;

        public override string SchemaScript => "";

        public override string? GrantScript(string role) => null;

        public override IJournalStorage CreateStorage(bool creates) => new Storage(faults, new InMemoryStorage(faults._journal));
    }

    private sealed class Storage(FaultyProvider faults, InMemoryStorage storage) : PassingStorage(storage)
    {
        public override async ValueTask<AppendResult> Append(PreparedAppend append, CancellationToken cancellationToken)
        {
            await faults.BeforeAppend().ConfigureAwait(false);
            return await base.Append(append, cancellationToken).ConfigureAwait(false);
        }
    }

    private ValueTask BeforeAppend() => beforeAppend(Interlocked.Increment(ref _appends));
}
