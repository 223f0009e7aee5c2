using System.Buffers.Binary;
using System.Text;

namespace Nagare;

/// <summary>One signature line of a note.</summary>
/// <param name="Name">The key's name.</param>
/// <param name="KeyId">The key's id.</param>
/// <param name="Signature">The signature itself.</param>
internal sealed record NoteSignature(string Name, uint KeyId, byte[] Signature);

/// <summary>A signed note, c2sp.org/signed-note: a text, an empty line, signature lines. Read strictly: what could be written in two ways is read in one.</summary>
/// <param name="Text">The text with its last line break: what is signed.</param>
/// <param name="Signatures">The lines.</param>
internal sealed record NoteText(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    /// <summary>More than any checkpoint with the signatures of witnesses needs; a longer note is refused before it is read.</summary>
    public const int MaxCharacters = 256 * 1024;

    /// <summary>The most signatures in a note; the specification asks for at least 16.</summary>
    public const int MaxSignatures = 64;

    private const string SignaturePrefix = "— ";
    private const int KeyIdBytes = sizeof(uint);

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The bytes that are signed.</summary>
    public byte[] SignedBytes => Strict.GetBytes(Text);

    /// <summary>Reads a note.</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static NoteText Parse(string note)
    {
        if (note.Length > MaxCharacters)
        {
            throw new FormatException($"The note has {note.Length} characters; {MaxCharacters} are the most.");
        }

        if (note.Any(c => c < ' ' && c != '\n') || HasLoneSurrogate(note))
        {
            throw new FormatException("The note holds control characters other than line breaks, or is no Unicode text.");
        }

        // The last empty line: the text itself may hold some.
        var split = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (split < 0 || split + 2 == note.Length || !note.EndsWith('\n'))
        {
            throw new FormatException("The note has no empty line with signature lines behind it, or does not end in a line break: it was cut.");
        }

        var lines = note[(split + 2)..^1].Split('\n');
        if (lines.Length > MaxSignatures)
        {
            throw new FormatException($"The note has {lines.Length} signatures; {MaxSignatures} are the most.");
        }

        return new NoteText(note[..(split + 1)], [.. lines.Select(ReadSignature)]);
    }

    /// <summary>Writes a note.</summary>
    public static string Write(string text, IEnumerable<NoteSignature> signatures)
    {
        var note = new StringBuilder(text).Append('\n');
        foreach (var (name, id, signature) in signatures)
        {
            var bytes = new byte[KeyIdBytes + signature.Length];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, id);
            signature.CopyTo(bytes, KeyIdBytes);
            note.Append(SignaturePrefix).Append(name).Append(' ').Append(Convert.ToBase64String(bytes)).Append('\n');
        }

        return note.ToString();
    }

    /// <summary>Why this note does not count as signed by a key, or null where it does.</summary>
    /// <remarks>
    /// Signatures of other keys are passed over, as the specification asks. One that names this key and does not verify spoils the note, and so
    /// does a second one of it: Ed25519 signs a text in one way only.
    /// </remarks>
    public string? Refusal(VerifierKey key)
    {
        var own = Signatures.Where(signature => signature.Name == key.Name && signature.KeyId == key.KeyId).ToList();
        return own switch
        {
            [] => $"it holds no signature of {key.Name} with key id {key.KeyId:x8}",
            [var signature] => key.Verify(SignedBytes, signature.Signature) ? null : $"the signature of {key.Name} is not that of its key over this text",
            _ => $"it holds {own.Count} signatures of {key.Name}, where one belongs",
        };
    }

    /// <summary>Whether a text can name a key.</summary>
    public static bool IsKeyName(string name) => name.Length > 0 && !name.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '+') && !HasLoneSurrogate(name);

    /// <summary>Reads base64 that is written in its one canonical way; null for any other text.</summary>
    public static byte[]? ReadBase64(string text)
    {
        var bytes = new byte[text.Length];
        // What decodes may still hold white space or stray bits: only what is written back the same was canonical.
        return Convert.TryFromBase64String(text, bytes, out var length) && Convert.ToBase64String(bytes, 0, length) == text ? bytes[..length] : null;
    }

    private static NoteSignature ReadSignature(string line)
    {
        if (!line.StartsWith(SignaturePrefix, StringComparison.Ordinal)
            || line[SignaturePrefix.Length..].Split(' ') is not [var name, var encoded]
            || !IsKeyName(name)
            || ReadBase64(encoded) is not { Length: > KeyIdBytes } bytes)
        {
            throw new FormatException($"The line '{Printable.Shorten(line)}' is no signature: a dash (U+2014), a name and base64 of a key id and a signature belong there.");
        }

        return new NoteSignature(name, BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes[KeyIdBytes..]);
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return true;
            }
        }

        return false;
    }
}
