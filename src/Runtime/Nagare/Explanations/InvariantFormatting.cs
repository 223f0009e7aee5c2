using System.Globalization;

namespace Nagare;

/// <summary>While it lasts, the user's code on this flow formats culture-invariantly; then the culture is as it was.</summary>
/// <remarks>
/// An explanation or a rule's message is evidence: <c>$"{cost:0.00}"</c> must read the same on a laptop in Berlin and on a server in
/// Ohio, or two people who compare what the journal says see a difference that is none.
/// </remarks>
internal readonly struct InvariantFormatting : IDisposable
{
    private readonly CultureInfo? _before;

    private InvariantFormatting(CultureInfo? before) => _before = before;

    public static InvariantFormatting Begin()
    {
        var current = CultureInfo.CurrentCulture;
        if (ReferenceEquals(current, CultureInfo.InvariantCulture))
        {
            return default;
        }

        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        return new(current);
    }

    public void Dispose()
    {
        if (_before is not null)
        {
            CultureInfo.CurrentCulture = _before;
        }
    }
}
