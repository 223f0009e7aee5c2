namespace Nagare;

/// <summary>Under which names traces and metrics of Nagare are found: <c>AddSource</c> and <c>AddMeter</c> of OpenTelemetry take them. docs/telemetry.md lists what they hold.</summary>
public static class NagareTelemetry
{
    /// <summary>The name of the activity source.</summary>
    public const string ActivitySourceName = "Nagare";

    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Nagare";

    internal static string Version { get; } = typeof(NagareTelemetry).Assembly.GetName().Version?.ToString(fieldCount: 3) ?? "";
}
