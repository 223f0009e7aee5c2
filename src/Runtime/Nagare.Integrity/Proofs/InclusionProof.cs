namespace Nagare;

/// <summary>Shows, together with an event, that this event stands at its position in the journal that a checkpoint signed. Verified by <see cref="ProofVerifier"/>, without a database.</summary>
/// <param name="Position">The event's position.</param>
/// <param name="Path">The hashes from the leaf's neighbour up to the root (RFC 6962 section 2.1.1).</param>
/// <param name="Checkpoint">The checkpoint.</param>
public sealed record InclusionProof(Position Position, IReadOnlyList<TreeHash> Path, SignedCheckpoint Checkpoint)
{
    private const string Kind = "nagare-inclusion";
    private const int Format = 1;

    /// <summary>The proof as one JSON object, which <see cref="Parse"/> reads.</summary>
    public string ToJson() => ProofJson.Write(json =>
    {
        json.WriteString("kind", Kind);
        json.WriteNumber("format", Format);
        json.WriteNumber("position", Position.Value);
        json.WritePath("path", Path);
        json.WriteString("checkpoint", Checkpoint.Text);
    });

    /// <summary>Reads a proof; whether it shows anything is for <see cref="ProofVerifier"/> to say.</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static InclusionProof Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return ProofJson.Read(json, "inclusion proof", proof =>
        {
            proof.Only("kind", "format", "position", "path", "checkpoint").Expect("kind", Kind);
            proof.Expect("format", Format);
            return new InclusionProof(ReadPosition(proof.GetProperty("position").GetInt64()), proof.Path("path"), SignedCheckpoint.Parse(proof.Text("checkpoint")));
        });
    }

    private static Position ReadPosition(long position) => position > 0 ? position : throw new FormatException($"positions begin at 1, this one is {position}");
}
