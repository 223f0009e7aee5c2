using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Nagare;

/// <summary>Where a verification stands: all that the next portion needs to know of those before. Nobody signs it, so it is kept where its keeper trusts it.</summary>
internal sealed record VerificationToken(long Position, bool IsIntact, SubtreeLevels Levels, MerkleFrontier? Keys)
{
    private const string Format = "nagare-verify-1";

    public static VerificationToken Start() => new(0, true, new SubtreeLevels(), new MerkleFrontier());

    /// <summary>The token's text. It names the checkpoint, so that a token does not go on under another one.</summary>
    public string Write(SignedCheckpoint? checkpoint)
    {
        var keys = Keys is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"{Keys.Size},{Convert.ToBase64String(TreeShape.Write([.. Keys.Subtrees]))}");
        var text = string.Create(CultureInfo.InvariantCulture, $"{Format}|{Name(checkpoint)}|{Position}|{(IsIntact ? 1 : 0)}|{Levels.Write()}|{keys}");
        return Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
    }

    /// <exception cref="FormatException">The text is no token, or one of another checkpoint.</exception>
    public static VerificationToken Read(string text, SignedCheckpoint? checkpoint)
    {
        if (NoteText.ReadBase64(text.Trim()) is not { } bytes
            || Encoding.UTF8.GetString(bytes).Split('|') is not [Format, var name, var position, var intact, var levels, var keys]
            || intact is not ("0" or "1")
            || !long.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var last))
        {
            throw new FormatException("The token is not one that a verification of this build gave. Begin anew without one.");
        }

        return name == Name(checkpoint)
            ? new VerificationToken(last, intact == "1", SubtreeLevels.Read(levels), ReadKeys(keys))
            : throw new FormatException("The token is of a verification against another checkpoint. Give the same checkpoint, or begin anew without a token.");
    }

    private static MerkleFrontier? ReadKeys(string text) => text.Split(',') switch
    {
        ["-"] => null,
        [var size, var hashes] when long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && NoteText.ReadBase64(hashes) is { } bytes && bytes.Length == System.Numerics.BitOperations.PopCount((ulong)count) * TreeHash.Bytes
            => new MerkleFrontier(count, TreeShape.Read(bytes)),
        _ => throw new FormatException("The token is damaged. Begin anew without one."),
    };

    private static string Name(SignedCheckpoint? checkpoint) => checkpoint is null ? "none" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(checkpoint.Text)));
}
