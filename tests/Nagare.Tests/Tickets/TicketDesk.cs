using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Nagare.Storage;
using Nagare.Testing;

namespace Nagare.Tests.Tickets;

/// <summary>A journal in memory with the ticket model, a clock to turn, and short words for what tests do most.</summary>
internal sealed class TicketDesk : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly ServiceProvider _services;

    public TicketDesk(Action<NagareBuilder>? configure = null, Func<IJournalStorage, IJournalStorage>? around = null)
    {
        _services = new ServiceCollection()
            .AddSingleton<TimeProvider>(Clock)
            .AddNagare(nagare =>
            {
                nagare.AddModel<TicketModel>().AddAggregate<InvoiceTotal, InvoiceEvent>().UseStorage(_ => around is null ? Raw : around(Raw));
                configure?.Invoke(nagare);
            })
            .BuildServiceProvider();
    }

    public FakeTimeProvider Clock { get; } = new(Start);

    public InMemoryJournal Kept { get; } = new();

    /// <summary>The storage below the journal, for what no caller of a journal can do.</summary>
    public IJournalStorage Raw => field ??= new InMemoryStorage(Kept);

    public IServiceProvider Services => _services;

    public IJournal Journal => _services.GetRequiredService<IJournal>();

    public IAggregateRepository<Ticket> Tickets => _services.GetRequiredService<IAggregateRepository<Ticket>>();

    public ValueTask<AppendResult> Append(StreamId stream, params object[] events) => Journal.Append(stream, ExpectedVersion.Any, events);

    public async Task<Envelope> AppendOne(object e, EventMetadata? metadata = null)
    {
        var result = await Journal.Append(Ticket.Stream("one"), ExpectedVersion.Any, [e], metadata ?? EventMetadata.None);
        return (await Journal.Find(result.AppendId))!;
    }

    public async Task<List<Envelope>> Read(JournalScope? scope = null, ReadDirection direction = ReadDirection.Forwards)
    {
        var read = new List<Envelope>();
        await foreach (var envelope in Journal.Read(scope ?? JournalScope.Everything, direction))
        {
            read.Add(envelope);
        }

        return read;
    }

    public async Task<List<StoredRow>> Rows()
    {
        var rows = new RowList();
        await Raw.Read(new StoredQuery { Path = StoredPath.Journal, Until = long.MaxValue, Limit = int.MaxValue }, rows, default);
        return rows.Rows;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private sealed class RowList : IStoredEventSink
    {
        public List<StoredRow> Rows { get; } = [];

        public bool Accept(in StoredEvent e)
        {
            Rows.Add(e.ToRow());
            return true;
        }
    }
}
