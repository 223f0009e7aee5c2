using System.Text.Json;
using System.Text.Json.Serialization;
using Nagare.Testing;

namespace Nagare.Tests;

/// <summary>A payload that nests too deeply is one error, whichever check meets it first.</summary>
public class DepthTests
{
    private static readonly StreamId Stream = new("deep", "1");

    public static TheoryData<string, Func<int, object>> Events => new()
    {
        { "generated code", levels => new DeepEvent.Boxed(Nest<Box>(levels / 2, inside => new Box(inside))) },
        { "a type of the user's context", levels => new DeepEvent.Bagged(Nest<Bag>(levels / 2, inside => new Bag([.. inside]))) },
        { "raw JSON", levels => new DeepEvent.Raw(JsonDocument.Parse(new string('[', levels) + new string(']', levels), new JsonDocumentOptions { MaxDepth = levels }).RootElement) },
    };

    [Theory]
    [MemberData(nameof(Events), DisableDiscoveryEnumeration = true)]
    public async Task What_nests_too_deeply_is_too_large_in_levels(string who, Func<int, object> nested)
    {
        await using var journal = await Open();
        foreach (var levels in (int[])[JournalLimits.MaxJsonDepth + 2, 500])
        {
            var refused = await Assert.ThrowsAsync<PayloadTooLargeException>(() => journal.Append(Stream, ExpectedVersion.Any, [nested(levels)]).AsTask());
            Assert.Equal((who, JournalLimits.MaxJsonDepth, "levels"), (who, refused.Limit, refused.Unit));
            Assert.True(refused.Actual > refused.Limit);
        }

        Assert.Equal(1, (await journal.Append(Stream, ExpectedVersion.NoStream, [nested(JournalLimits.MaxJsonDepth - 4)])).LastPosition.Value);
    }

    private static ValueTask<Journal> Open()
    {
        var model = new EventModelBuilder();
        model.AddFamily(Nagare.Generated.Nagare_Tests_DeepEventFamily.Value);
        return Journal.Open(model.Build(), new InMemoryStorage());
    }

    private static T Nest<T>(int boxes, Func<List<T>, T> around)
    {
        var nested = around([]);
        for (var i = 1; i < boxes; i++)
        {
            nested = around([nested]);
        }

        return nested;
    }
}

[EventFamily("deep", Json = typeof(DeepJson))]
public abstract partial record DeepEvent
{
    [Event, Explain("Boxed")]
    public sealed record Boxed(Box Box) : DeepEvent;

    [Event, Explain("Bagged")]
    public sealed record Bagged(Bag Bag) : DeepEvent;

    [Event, Explain("Raw")]
    public sealed record Raw(JsonElement Json) : DeepEvent;
}

public sealed record Box(List<Box> Boxes);

/// <summary>A set is no form of the grammar, so this goes through the context.</summary>
public sealed class Bag(HashSet<Bag> bags)
{
    public HashSet<Bag> Bags { get; } = bags;
}

[JsonSerializable(typeof(HashSet<Bag>))]
public sealed partial class DeepJson : JsonSerializerContext;
