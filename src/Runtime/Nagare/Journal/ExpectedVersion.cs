namespace Nagare;

/// <summary>What a writer expects of a stream before its append; an append whose expectation fails stores nothing.</summary>
/// <remarks><see langword="default"/> is invalid on purpose: a forgotten expectation is an error, never "any".</remarks>
public readonly record struct ExpectedVersion
{
    private const long AnyValue = 1;
    private const long NoStreamValue = 2;
    private const long ExistsValue = 3;

    // Default (0) means nothing: 1 any, 2 no stream, 3 exists; exactly n is the complement of n, so that every n has its place.
    private readonly long _value;

    private ExpectedVersion(long value) => _value = value;

    /// <summary>Whatever the version is.</summary>
    public static ExpectedVersion Any => new(AnyValue);

    /// <summary>The stream holds no event yet.</summary>
    public static ExpectedVersion NoStream => new(NoStreamValue);

    /// <summary>The stream holds at least one event.</summary>
    public static ExpectedVersion Exists => new(ExistsValue);

    /// <summary>The stream is at exactly this version; 0 says the same as <see cref="NoStream"/>.</summary>
    public static ExpectedVersion At(StreamVersion version) => new(~version.Value);

    /// <summary>Whether an expectation was stated; false for <see langword="default"/>.</summary>
    public bool IsStated => _value != 0;

    /// <summary>Whether a stream at this version is as expected.</summary>
    /// <exception cref="InvalidOperationException">No expectation was stated.</exception>
    public bool IsMetBy(StreamVersion actual) => _value switch
    {
        AnyValue => true,
        NoStreamValue => actual.Value == 0,
        ExistsValue => actual.Value > 0,
        < 0 => actual.Value == ~_value,
        _ => throw new InvalidOperationException("The expected version was never set (default). Say Any, NoStream, Exists or At(n)."),
    };

    /// <summary>"any", "no stream", "exists", or the exact version in digits.</summary>
    public override string ToString() => _value switch
    {
        AnyValue => "any",
        NoStreamValue => "no stream",
        ExistsValue => "exists",
        < 0 => new StreamVersion(~_value).ToString(),
        _ => "not stated",
    };
}
