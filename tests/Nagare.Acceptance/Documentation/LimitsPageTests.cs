using System.Globalization;
using System.Reflection;
using Nagare.Storage;

namespace Nagare.Acceptance.Documentation;

/// <summary>docs/limits.md publishes every bound, with the value it has.</summary>
public class LimitsPageTests
{
    private static readonly string[] Page = File.ReadAllLines(Path.Combine(Checkout.Root, "docs", "limits.md"));

    public static TheoryData<string, long> Bounds
    {
        get
        {
            var bounds = new TheoryData<string, long>();
            foreach (var constant in typeof(JournalLimits).GetFields(BindingFlags.Public | BindingFlags.Static))
            {
                bounds.Add($"JournalLimits.{constant.Name}", Convert.ToInt64(constant.GetRawConstantValue(), CultureInfo.InvariantCulture));
            }

            foreach (var property in typeof(AppendQueueLimits).GetProperties().Where(property => property.Name.StartsWith("Max", StringComparison.Ordinal)))
            {
                bounds.Add($"AppendQueueLimits.{property.Name}", Convert.ToInt64(property.GetValue(new AppendQueueLimits()), CultureInfo.InvariantCulture));
            }

            return bounds;
        }
    }

    [Theory, MemberData(nameof(Bounds))]
    public void Every_bound_is_published_with_its_value(string name, long value)
    {
        var line = Page.FirstOrDefault(line => line.Contains($"`{name}`", StringComparison.Ordinal));
        Assert.True(line is not null, $"docs/limits.md does not name {name}");
        Assert.Contains(value.ToString("N0", CultureInfo.InvariantCulture), line, StringComparison.Ordinal);
    }
}
