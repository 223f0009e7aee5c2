using Nagare.Storage;

namespace Nagare.Relational.Tests;

public class StreamHeadCacheTests
{
    [Fact]
    public void The_least_recently_used_stream_goes_first()
    {
        var cache = new StreamHeadCache(capacity: 2);
        cache.Set("a", new StreamHead(1, "f"));
        cache.Set("b", new StreamHead(2, "f"));
        Assert.True(cache.TryGet("a", out _));
        cache.Set("c", new StreamHead(3, "f"));
        Assert.False(cache.TryGet("b", out _));
        Assert.True(cache.TryGet("a", out var a));
        Assert.True(cache.TryGet("c", out var c));
        Assert.Equal((1L, 3L, 2), (a.Version, c.Version, cache.Count));
        cache.Set("a", new StreamHead(9, "f"));
        Assert.True(cache.TryGet("a", out a));
        Assert.Equal(9, a.Version);
        cache.Clear();
        Assert.False(cache.TryGet("a", out _));
    }
}
