namespace Nagare;

/// <summary>How a journal is proven: who signs, whom to trust, how often the tree is built.</summary>
public sealed class IntegrityOptions
{
    /// <summary>What signs checkpoints; null where this process only builds, proves and verifies.</summary>
    public ICheckpointSigner? Signer { get; set; }

    /// <summary>The key by which checkpoints count; the signer's own unless said.</summary>
    public VerifierKey? Key { get; set; }

    /// <summary>How often a host builds the tree behind the head; null, and nothing is built unless asked for.</summary>
    public TimeSpan? BuildInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The largest share of its time in which a host's builder works, above 0 and at most 1; the rest it rests. A twenty-fifth unless said: appends
    /// that need the whole machine keep it but for that share of one processor, and the tree falls behind while they do. Proofs may cost appends a twentieth of their
    /// rate, and what a builder leaves behind in a server's caches costs a little besides.
    /// </summary>
    public double BuildShare { get; set; } = 0.04;
}
