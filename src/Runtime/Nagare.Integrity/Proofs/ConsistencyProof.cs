namespace Nagare;

/// <summary>Shows that the journal of a newer checkpoint begins with all events of an older one, unchanged. Verified by <see cref="ProofVerifier"/>, without a database.</summary>
/// <param name="Path">The hashes (RFC 6962 section 2.1.2).</param>
/// <param name="Older">The older checkpoint.</param>
/// <param name="Newer">The newer one.</param>
public sealed record ConsistencyProof(IReadOnlyList<TreeHash> Path, SignedCheckpoint Older, SignedCheckpoint Newer)
{
    private const string Kind = "nagare-consistency";
    private const int Format = 1;

    /// <summary>The proof as one JSON object, which <see cref="Parse"/> reads.</summary>
    public string ToJson() => ProofJson.Write(json =>
    {
        json.WriteString("kind", Kind);
        json.WriteNumber("format", Format);
        json.WritePath("path", Path);
        json.WriteString("older", Older.Text);
        json.WriteString("newer", Newer.Text);
    });

    /// <summary>Reads a proof; whether it shows anything is for <see cref="ProofVerifier"/> to say.</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static ConsistencyProof Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return ProofJson.Read(json, "consistency proof", proof =>
        {
            proof.Only("kind", "format", "path", "older", "newer").Expect("kind", Kind);
            proof.Expect("format", Format);
            return new ConsistencyProof(proof.Path("path"), SignedCheckpoint.Parse(proof.Text("older")), SignedCheckpoint.Parse(proof.Text("newer")));
        });
    }
}
