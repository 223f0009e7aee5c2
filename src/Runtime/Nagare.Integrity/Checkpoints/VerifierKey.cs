using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace Nagare;

/// <summary>The public half of a checkpoint key: what an auditor holds. Text in the form of C2SP's signed notes, <c>name+key id+base64</c>.</summary>
public sealed class VerifierKey
{
    private const byte Ed25519Type = 1;

    private readonly PublicKey _key;

    internal VerifierKey(string name, PublicKey key)
    {
        Name = name;
        _key = key;
        KeyId = IdOf(name, key.Export(KeyBlobFormat.RawPublicKey));
    }

    /// <summary>The key's name, by which signature lines name their key.</summary>
    public string Name { get; }

    /// <summary>The first four bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key), big-endian.</summary>
    public uint KeyId { get; }

    /// <summary>Reads a key from its text; white space around it does not matter.</summary>
    /// <exception cref="FormatException">The text is no Ed25519 verifier key, or its key id belongs to another name or key.</exception>
    public static VerifierKey Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        // Base64 may hold a plus sign, names and ids do not.
        if (text.Trim().Split('+', 3) is not [var name, var id, var encoded] || !NoteText.IsKeyName(name))
        {
            throw new FormatException("A verifier key is name+key id+base64; this text is not.");
        }

        if (NoteText.ReadBase64(encoded) is not [Ed25519Type, .. var bytes] || bytes.Length != SignatureAlgorithm.Ed25519.PublicKeySize)
        {
            throw new FormatException($"The verifier key of {Printable.Shorten(name)} is none for Ed25519: its last part is not base64 of 0x01 and {SignatureAlgorithm.Ed25519.PublicKeySize} bytes.");
        }

        if (id != IdOf(name, bytes).ToString("x8", CultureInfo.InvariantCulture))
        {
            throw new FormatException($"The verifier key of {Printable.Shorten(name)} says key id '{Printable.Shorten(id)}', which is not that of its name and key. It was changed or cut; ask for it again.");
        }

        return PublicKey.TryImport(SignatureAlgorithm.Ed25519, bytes, KeyBlobFormat.RawPublicKey, out var key) && key is not null
            ? new VerifierKey(name, key)
            : throw new FormatException($"The verifier key of {Printable.Shorten(name)} is no point of Ed25519.");
    }

    /// <summary>Whether a signature over a text was made with this key.</summary>
    internal bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) =>
        signature.Length == SignatureAlgorithm.Ed25519.SignatureSize && SignatureAlgorithm.Ed25519.Verify(_key, text, signature);

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}+{KeyId:x8}+{Convert.ToBase64String([Ed25519Type, .. _key.Export(KeyBlobFormat.RawPublicKey)])}");

    private static uint IdOf(string name, ReadOnlySpan<byte> key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', Ed25519Type, .. key], hash);
        return BinaryPrimitives.ReadUInt32BigEndian(hash);
    }
}
