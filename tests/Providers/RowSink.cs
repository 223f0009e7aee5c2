using Nagare.Storage;

namespace Nagare.Providers.Tests;

/// <summary>Keeps what it is given, and may say when it has enough.</summary>
internal sealed class RowSink(int enough = int.MaxValue) : IStoredEventSink
{
    public List<StoredRow> Rows { get; } = [];

    public bool Accept(in StoredEvent e)
    {
        Rows.Add(e.ToRow());
        return Rows.Count < enough;
    }
}
