using System.Globalization;

namespace Nagare.CommandLine;

/// <summary>Numbers of things, as a person reads them: "1 run", "5,308 events".</summary>
internal static class Count
{
    public static string Of(long number, string thing) => $"{Number(number)} {thing}{(number == 1 ? "" : "s")}";

    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
