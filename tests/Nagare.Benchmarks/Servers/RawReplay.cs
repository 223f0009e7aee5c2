using System.Data.Common;
using System.Text.Json;
using Nagare.Benchmarks.Events;

namespace Nagare.Benchmarks.Servers;

/// <summary>Folds a stream by hand: page by page, each row deserialized as it comes.</summary>
internal static class RawReplay
{
    /// <summary>Events of a page.</summary>
    public const int PageEvents = 1_000;

    /// <summary>Reads until a page is not full. Returns how many events there were.</summary>
    /// <param name="pageAfter">The statement for the page after a version; its rows hold version, type and data.</param>
    /// <param name="isReturned">Whether a row is of the one type that streams here hold.</param>
    public static async Task<long> Fold(Func<long, ValueTask<DbCommand>> pageAfter, Func<DbDataReader, bool> isReturned)
    {
        var totals = BenchTotals.Initial;
        long last = 0;
        int read;
        do
        {
            read = 0;
            await using var rows = await (await pageAfter(last)).ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                last = rows.GetInt64(0);
                if (!isReturned(rows))
                {
                    throw new InvalidOperationException("The stream holds another event.");
                }

                totals = BenchTotals.Evolve(totals, JsonSerializer.Deserialize(rows.GetFieldValue<byte[]>(2), BenchJson.Default.ToolReturned)!);
                read++;
            }
        }
        while (read == PageEvents);
        return totals.Calls;
    }
}
