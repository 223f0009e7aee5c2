using Nagare.Storage;

namespace Nagare.Tests;

public class EventIdsTests
{
    [Theory]
    [InlineData("00000000-0000-0000-0000-000000000001", 0, "00000000-0000-0000-0000-000000000001")]
    [InlineData("019aa000-0000-7000-8000-0000000000fe", 1, "019aa000-0000-7000-8000-0000000000ff")]
    [InlineData("019aa000-0000-7000-8000-0000000000ff", 1, "019aa000-0000-7000-8000-000000000100")]
    [InlineData("019aa000-0000-7000-8000-ffffffffffff", 99_999, "019aa000-0000-7000-8001-00000001869e")]
    public void The_id_of_an_event_is_its_appends_id_counted_on_as_it_is_read(string append, int place, string expected) =>
        Assert.Equal(Guid.Parse(expected), EventIds.At(Guid.Parse(append), place));

    [Fact]
    public void Ids_compare_by_their_numbers_as_places_do()
    {
        var id = Guid.CreateVersion7();
        Assert.Equal(EventIds.Number(id) + 7, EventIds.Number(EventIds.At(id, 7)));
    }

    [Theory]
    [InlineData("00000000-0000-0000-0000-000000000000", false)]
    [InlineData("019aa000-0000-7000-ffff-ffffffffffff", false)]
    [InlineData("019aa000-0000-7000-ffff-fffffffe7960", false)]
    [InlineData("019aa000-0000-7000-ffff-fffffffe795f", true)]
    [InlineData("019aa000-0000-7000-8000-000000000000", true)]
    public void An_id_has_room_while_the_largest_append_fits_behind_it(string id, bool hasRoom) =>
        Assert.Equal(hasRoom, EventIds.HasRoom(Guid.Parse(id)));
}
