using CsCheck;
using Nagare.Storage;

namespace Nagare.MySql.Tests;

/// <summary>What goes over at once is one packet, and the server closes the connection on which it gets a larger one than it takes.</summary>
public class PacketTests
{
    private const int BytesBesideTheRows = 64 * 1024;

    [Fact]
    public void Trips_hold_every_event_once_and_in_order_and_each_fits_a_packet() =>
        Gen.Select(Gen.Int[0, 20_000].Array[0, 60], Gen.Byte, Gen.Int[100_000, 1_000_000]).Sample((sizes, filling, packet) =>
        {
            var events = sizes.Select((size, i) => Planned(i + 1, [.. Enumerable.Repeat(filling, size)])).ToList();
            var trips = MySqlPackets.Divide(events, packet);
            Assert.Equal(events, trips.SelectMany(trip => trip));
            Assert.All(trips, trip => Assert.True(trip.Sum(Written) <= packet - BytesBesideTheRows || trip.Count == 1));
        });

    // A byte that is escaped takes two, the others one.
    [Theory]
    [InlineData('a', true)]
    [InlineData('\'', false)]
    [InlineData('\\', false)]
    [InlineData('\0', false)]
    public void An_event_that_no_packet_holds_is_refused_before_it_is_sent(char filling, bool fits)
    {
        var e = Planned(1, [.. Enumerable.Repeat((byte)filling, 300_000)]);
        if (fits)
        {
            Assert.Single(MySqlPackets.Divide([e], 400_000));
            return;
        }

        var refusal = Assert.Throws<PayloadTooLargeException>(() => MySqlPackets.Divide([e], 400_000));
        Assert.Contains("max_allowed_packet", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(400_000 - BytesBesideTheRows, refusal.Limit);
    }

    private static long Written(PlannedEvent e)
    {
        var bytes = 0L;
        foreach (var b in e.Event.Data.Span)
        {
            bytes += b is 0 or (byte)'\'' or (byte)'\\' ? 2 : 1;
        }

        return bytes;
    }

    private static PlannedEvent Planned(long position, byte[] data) =>
        new(position, Appends.Stream, position, 0, Appends.Event("") with { EventId = Guid.Empty, Data = data });
}
