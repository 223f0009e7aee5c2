using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Nagare;

/// <summary>The members of one JSON object, found by name; what generated codecs loop over.</summary>
/// <remarks>Members are written in the order of their declaration, so the expected next one is tried first and most often is it.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WireMembers
{
    private const int BitsPerWord = 64;

    // The members' names, then former ones.
    private readonly byte[][] _names;
    private readonly int[] _membersOfFormerNames;
    private readonly string[] _texts;
    private readonly ulong[] _required;

    /// <summary>Lists the members in the order of their declaration.</summary>
    public WireMembers(params ReadOnlySpan<WireMember> members)
    {
        var names = new List<byte[]>(members.Length);
        var membersOfFormerNames = new List<int>();
        _texts = new string[members.Length];
        _required = new ulong[Math.Max(1, (members.Length + BitsPerWord - 1) / BitsPerWord)];
        for (var i = 0; i < members.Length; i++)
        {
            _texts[i] = members[i].Name;
            names.Add(Encoding.UTF8.GetBytes(members[i].Name));
            if (!members[i].IsOptional)
            {
                _required[i / BitsPerWord] |= 1UL << (i % BitsPerWord);
            }
        }

        for (var i = 0; i < members.Length; i++)
        {
            foreach (var former in members[i].FormerNames)
            {
                names.Add(Encoding.UTF8.GetBytes(former));
                membersOfFormerNames.Add(i);
            }
        }

        _names = [.. names];
        _membersOfFormerNames = [.. membersOfFormerNames];
    }

    /// <summary>Begins an object; the reader stands on its brace.</summary>
    /// <exception cref="JsonException">It stands on something else.</exception>
    public Cursor Start(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw WireReader.Unexpected(ref reader, "an object");
        }

        return new Cursor(this);
    }

    private int Find(ref Utf8JsonReader reader, int expected)
    {
        var names = _names;
        if (reader.HasValueSequence || reader.ValueIsEscaped)
        {
            return FindEscaped(ref reader, names);
        }

        var name = reader.ValueSpan;
        if ((uint)expected < (uint)_texts.Length && name.SequenceEqual(names[expected]))
        {
            return expected;
        }

        for (var i = 0; i < names.Length; i++)
        {
            if (name.SequenceEqual(names[i]))
            {
                return MemberOf(i);
            }
        }

        return -1;
    }

    private int MemberOf(int name) => name < _texts.Length ? name : _membersOfFormerNames[name - _texts.Length];

    private int FindEscaped(ref Utf8JsonReader reader, byte[][] names)
    {
        try
        {
            for (var i = 0; i < names.Length; i++)
            {
                if (reader.ValueTextEquals(names[i]))
                {
                    return MemberOf(i);
                }
            }
        }
        catch (InvalidOperationException)
        {
            // An escaped lone surrogate: no member is called that, and what is unknown is skipped.
        }

        return -1;
    }

    private void CheckRequired(ref Utf8JsonReader reader, int word, ulong seen)
    {
        var missing = _required[word] & ~seen;
        if (missing != 0)
        {
            var index = (word * BitsPerWord) + System.Numerics.BitOperations.TrailingZeroCount(missing);
            throw new WireFormatException("the required member is absent", reader.TokenStartIndex, _texts[index]);
        }
    }

    /// <summary>The place in an object that is being read, and the members met so far.</summary>
    public struct Cursor
    {
        private readonly WireMembers _members;
        private readonly ulong[]? _further;
        private ulong _seen;
        private int _current;

        internal Cursor(WireMembers members)
        {
            _members = members;
            _current = -1;
            _further = members._required.Length > 1 ? new ulong[members._required.Length] : null;
        }

        /// <summary>Which member the reader stands on the value of.</summary>
        public readonly int Current => _current;

        /// <summary>Moves to the next known member's value, past unknown ones; false at the object's end, when every required member was met.</summary>
        /// <exception cref="JsonException">A member came twice, or is missing at the end.</exception>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool Next(ref Utf8JsonReader reader)
        {
            WireReader.Advance(ref reader);
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                var index = _members.Find(ref reader, _current + 1);
                if (index >= 0 && _further is null)
                {
                    _current = index;
                    var bit = 1UL << index;
                    if ((_seen & bit) == 0)
                    {
                        _seen |= bit;
                        WireReader.Advance(ref reader);
                        return true;
                    }
                }

                return NextSlow(ref reader, index);
            }

            return End(ref reader);
        }

        /// <summary>Whether a member was met.</summary>
        public readonly bool Has(int index) =>
            ((_further is null ? _seen : _further[index / BitsPerWord]) & (1UL << (index % BitsPerWord))) != 0;

        [MethodImpl(MethodImplOptions.NoInlining)]
        private bool NextSlow(ref Utf8JsonReader reader, int index)
        {
            while (reader.TokenType == JsonTokenType.PropertyName)
            {
                if (index >= 0)
                {
                    if (Has(index))
                    {
                        throw new WireFormatException("the member is there twice", reader.TokenStartIndex);
                    }

                    _current = index;
                    ref var seen = ref _seen;
                    if (_further is not null)
                    {
                        seen = ref _further[index / BitsPerWord];
                    }

                    seen |= 1UL << (index % BitsPerWord);
                    WireReader.Advance(ref reader);
                    return true;
                }

                WireReader.Skip(ref reader);
                WireReader.Advance(ref reader);
                index = reader.TokenType == JsonTokenType.PropertyName ? _members.Find(ref reader, _current + 1) : -1;
            }

            return End(ref reader);
        }

        private readonly bool End(ref Utf8JsonReader reader)
        {
            for (var word = 0; word < _members._required.Length; word++)
            {
                _members.CheckRequired(ref reader, word, _further is null ? _seen : _further[word]);
            }

            return false;
        }
    }
}

/// <summary>One member of a JSON object.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="IsOptional">Whether it may be absent.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct WireMember(string Name, bool IsOptional = false)
{
    /// <summary>Names in JSON under which it was stored before.</summary>
    public IReadOnlyList<string> FormerNames { get; init; } = [];
}
