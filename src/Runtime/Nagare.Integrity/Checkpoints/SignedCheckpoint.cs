using System.Globalization;

namespace Nagare;

/// <summary>
/// What a journal was at one size, signed: its origin, how many events it had, the root of the tree over them and the root over the
/// counts of their keys. A text in the form of c2sp.org/tlog-checkpoint. Kept outside the database it is what proofs and verifications are measured by.
/// </summary>
/// <remarks>
/// Reading a checkpoint checks its form, never its signature: that takes a key, see <see cref="IsSignedBy"/>.
/// </remarks>
public sealed class SignedCheckpoint
{
    private const string KeysWord = "nagare-keys ";
    private const int MaxOriginBytes = 255;

    private readonly NoteText _note;

    private SignedCheckpoint(string text, NoteText note, string origin, long size, TreeHash root, TreeHash? keysRoot)
    {
        (Text, _note) = (text, note);
        (Origin, Size, Root, KeysRoot) = (origin, size, root, keysRoot);
    }

    /// <summary>Which log this is of; chosen by whoever signs it.</summary>
    public string Origin { get; }

    /// <summary>How many events the journal had: its head's position.</summary>
    public long Size { get; }

    /// <summary>The root of the tree over the events' leaves.</summary>
    public TreeHash Root { get; }

    /// <summary>The root of the tree over the counts of streams, correlations and subjects, by which bundles are complete; null in a checkpoint of another maker.</summary>
    public TreeHash? KeysRoot { get; }

    /// <summary>The whole text, with its signatures.</summary>
    public string Text { get; }

    /// <summary>Reads a checkpoint, strictly.</summary>
    /// <exception cref="FormatException">The text is none: another number of lines, a size with leading zeroes, a root that is not 32 bytes in canonical base64, no signature line.</exception>
    public static SignedCheckpoint Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var note = NoteText.Parse(text);
        // The text ends in a line break, so that the last part is empty.
        if (note.Text.Split('\n') is not [var origin, var size, var root, .. var extensions, ""] || extensions.Contains(""))
        {
            throw new FormatException("A checkpoint has three lines or more, none empty: origin, size, root.");
        }

        return new SignedCheckpoint(text, note, CheckOrigin(origin), ReadSize(size), ReadHash(root, "root"), ReadKeysRoot(extensions));
    }

    /// <summary>Whether the checkpoint holds a valid signature of this key.</summary>
    public bool IsSignedBy(VerifierKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _note.Refusal(key) is null;
    }

    /// <summary>Why the checkpoint does not count as signed by a key, or null where it does.</summary>
    internal string? Refusal(VerifierKey key) => _note.Refusal(key);

    /// <summary>The text that is signed.</summary>
    internal static string Body(string origin, long size, TreeHash root, TreeHash keysRoot) =>
        string.Create(CultureInfo.InvariantCulture, $"{CheckOrigin(origin)}\n{size}\n{root}\n{KeysWord}{keysRoot}\n");

    /// <summary>Signs a checkpoint.</summary>
    internal static async ValueTask<SignedCheckpoint> Sign(string origin, long size, TreeHash root, TreeHash keysRoot, ICheckpointSigner signer, CancellationToken cancellationToken)
    {
        var body = Body(origin, size, root, keysRoot);
        var signature = await signer.Sign(System.Text.Encoding.UTF8.GetBytes(body), cancellationToken).ConfigureAwait(false);
        var signed = Parse(NoteText.Write(body, [new NoteSignature(signer.Key.Name, signer.Key.KeyId, signature.ToArray())]));
        return signed.Refusal(signer.Key) is { } refusal
            ? throw new IntegrityException($"The signer of {signer.Key.Name} gave a signature that its own public key does not accept: {refusal}. No checkpoint was made; look at the signer.")
            : signed;
    }

    /// <summary>The origin, if it is one.</summary>
    /// <exception cref="FormatException">It is empty, too long, or holds a control character.</exception>
    internal static string CheckOrigin(string origin) =>
        origin.Length > 0 && System.Text.Encoding.UTF8.GetByteCount(origin) <= MaxOriginBytes && !origin.Any(char.IsControl)
            ? origin
            : throw new FormatException($"A checkpoint's origin has 1 to {MaxOriginBytes} bytes and no control character.");

    /// <summary>The text.</summary>
    public override string ToString() => Text;

    private static long ReadSize(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size.ToString(CultureInfo.InvariantCulture) == text
            ? size
            : throw new FormatException($"A checkpoint's size is a number without sign or leading zeroes, '{Printable.Shorten(text)}' is not.");

    private static TreeHash ReadHash(string text, string what) => NoteText.ReadBase64(text) is { Length: TreeHash.Bytes } bytes
        ? new TreeHash(bytes)
        : throw new FormatException($"A checkpoint's {what} is {TreeHash.Bytes} bytes in canonical base64, '{Printable.Shorten(text)}' is not.");

    // Other extension lines are nobody's business here; ours stands once.
    private static TreeHash? ReadKeysRoot(string[] extensions)
    {
        var own = extensions.Where(line => line.StartsWith(KeysWord, StringComparison.Ordinal)).ToArray();
        return own switch
        {
            [] => null,
            [var line] => ReadHash(line[KeysWord.Length..], "root over keys"),
            _ => throw new FormatException($"A checkpoint says '{KeysWord.Trim()}' once."),
        };
    }
}
