using System.Globalization;
using NSec.Cryptography;

namespace Nagare;

/// <summary>An Ed25519 key that signs checkpoints, with its name. Its text is secret: whoever has it can sign any history.</summary>
public sealed class CheckpointKey : ICheckpointSigner, IDisposable
{
    private const string Prefix = "PRIVATE+KEY";
    private const byte Ed25519Type = 1;

    private readonly NSec.Cryptography.Key _key;

    private CheckpointKey(string name, NSec.Cryptography.Key key)
    {
        _key = key;
        Key = new VerifierKey(name, key.PublicKey);
    }

    /// <inheritdoc/>
    public VerifierKey Key { get; }

    /// <summary>Makes a new key from the system's randomness.</summary>
    /// <param name="name">Its name, by which signature lines name it: best the checkpoint's origin, such as <c>example.com/agents</c>. No white space and no plus sign.</param>
    /// <exception cref="ArgumentException">The name breaks these rules.</exception>
    public static CheckpointKey Generate(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return NoteText.IsKeyName(name)
            ? new CheckpointKey(name, NSec.Cryptography.Key.Create(SignatureAlgorithm.Ed25519, new KeyCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport }))
            : throw new ArgumentException("A key's name has at least one character, no white space, no control character and no plus sign.", nameof(name));
    }

    /// <summary>Reads a key from its text; white space around it does not matter.</summary>
    /// <exception cref="FormatException">The text is no such key. The message holds nothing of it.</exception>
    public static CheckpointKey Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var trimmed = text.Trim();
        if (!trimmed.StartsWith(Prefix + "+", StringComparison.Ordinal)
            || trimmed[(Prefix.Length + 1)..].Split('+', 3) is not [var name, var id, var encoded]
            || !NoteText.IsKeyName(name)
            || NoteText.ReadBase64(encoded) is not [Ed25519Type, .. var seed]
            || seed.Length != SignatureAlgorithm.Ed25519.PrivateKeySize)
        {
            throw new FormatException($"The text is no checkpoint key: {Prefix}+name+key id+base64 of 0x01 and {SignatureAlgorithm.Ed25519.PrivateKeySize} bytes.");
        }

        var key = new CheckpointKey(name, NSec.Cryptography.Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey, new KeyCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport }));
        if (id != key.Key.KeyId.ToString("x8", CultureInfo.InvariantCulture))
        {
            key.Dispose();
            throw new FormatException("The checkpoint key's id is not that of its name and key: it was changed or cut.");
        }

        return key;
    }

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>> Sign(ReadOnlyMemory<byte> text, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(SignatureAlgorithm.Ed25519.Sign(_key, text.Span));
    }

    /// <summary>The secret text that <see cref="Parse"/> reads. Keep it in a file that nobody else can read.</summary>
    public string ToSecretText() =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}+{Key.Name}+{Key.KeyId:x8}+{Convert.ToBase64String([Ed25519Type, .. _key.Export(KeyBlobFormat.RawPrivateKey)])}");

    /// <summary>Wipes the key from memory.</summary>
    public void Dispose() => _key.Dispose();
}
