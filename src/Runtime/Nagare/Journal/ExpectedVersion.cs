namespace Nagare;

/// <summary>What a writer expects of a stream before its append; an append whose expectation fails stores nothing.</summary>
/// <remarks><see langword="default"/> is invalid on purpose: a forgotten expectation is an error, never "any".</remarks>
public readonly record struct ExpectedVersion
{
    private const long AnyValue = 1;
    private const long NoStreamValue = 2;
    private const long ExistsValue = 3;
    private const long FirstExactValue = 4;

    // Shifted so that default (0) means nothing: 1 any, 2 no stream, 3 exists, 4 + n exactly n.
    private readonly long _value;

    private ExpectedVersion(long value) => _value = value;

    /// <summary>Whatever the version is.</summary>
    public static ExpectedVersion Any => new(AnyValue);

    /// <summary>The stream holds no event yet.</summary>
    public static ExpectedVersion NoStream => new(NoStreamValue);

    /// <summary>The stream holds at least one event.</summary>
    public static ExpectedVersion Exists => new(ExistsValue);

    /// <summary>The stream is at exactly this version; 0 says the same as <see cref="NoStream"/>.</summary>
    public static ExpectedVersion At(StreamVersion version) => new(FirstExactValue + version.Value);

    /// <summary>Whether an expectation was stated; false for <see langword="default"/>.</summary>
    public bool IsStated => _value != 0;

    /// <summary>Whether a stream at this version is as expected.</summary>
    /// <exception cref="InvalidOperationException">No expectation was stated.</exception>
    public bool IsMetBy(StreamVersion actual) => _value switch
    {
        AnyValue => true,
        NoStreamValue => actual.Value == 0,
        ExistsValue => actual.Value > 0,
        >= FirstExactValue => actual.Value == _value - FirstExactValue,
        _ => throw new InvalidOperationException("The expected version was never set (default). Say Any, NoStream, Exists or At(n)."),
    };

    /// <summary>"any", "no stream", "exists", or the exact version in digits.</summary>
    public override string ToString() => _value switch
    {
        AnyValue => "any",
        NoStreamValue => "no stream",
        ExistsValue => "exists",
        >= FirstExactValue => new StreamVersion(_value - FirstExactValue).ToString(),
        _ => "not stated",
    };
}
