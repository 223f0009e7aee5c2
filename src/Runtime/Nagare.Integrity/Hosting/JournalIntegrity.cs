using Nagare.Storage;

namespace Nagare;

/// <summary>Proofs over one journal's storage. Everything it knows it reads when it is asked.</summary>
public sealed class JournalIntegrity : IIntegrity
{
    private readonly IJournalStorage _storage;
    private readonly ITreeStorage _tree;
    private readonly IntegrityOptions _options;
    private readonly TreeBuilder _builder;

    /// <summary>Proves a journal.</summary>
    /// <param name="storage">Its storage, which is open or opens itself, and keeps rows of the tree too.</param>
    /// <param name="options">Who signs and whom to trust.</param>
    /// <exception cref="NotSupportedException">The storage does not implement <see cref="ITreeStorage"/>.</exception>
    public JournalIntegrity(IJournalStorage storage, IntegrityOptions options)
    {
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentNullException.ThrowIfNull(options);
        _storage = storage;
        _tree = storage as ITreeStorage
            ?? throw new NotSupportedException($"The storage {storage.GetType().Name} keeps no tree of proofs: it does not implement ITreeStorage.");
        _options = options;
        _builder = new TreeBuilder(_storage, _tree);
    }

    /// <inheritdoc/>
    public async ValueTask<Position> Build(CancellationToken cancellationToken = default) => await _builder.Build(pace: null, cancellationToken).ConfigureAwait(false);

    /// <summary>The same, with rests.</summary>
    internal async ValueTask<Position> Build(BuildPace pace, CancellationToken cancellationToken) => await _builder.Build(pace, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask<SignedCheckpoint> Checkpoint(CancellationToken cancellationToken = default)
    {
        var signer = _options.Signer
            ?? throw new InvalidOperationException("Nothing signs checkpoints here. Set IntegrityOptions.Signer, or sign where the key is.");
        var head = await _storage.ReadHead(cancellationToken).ConfigureAwait(false);
        var (edge, keysRoot) = await _builder.BuildUpTo(head.Position, cancellationToken).ConfigureAwait(false);
        return await SignedCheckpoint.Sign(signer.Key.Name, head.Position, edge.Root(), keysRoot, signer, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<InclusionProof> Prove(Guid eventId, SignedCheckpoint checkpoint, CancellationToken cancellationToken = default)
    {
        var query = new StoredQuery { Path = StoredPath.EventId, KeyBytes = eventId.ToByteArray(bigEndian: true), Until = long.MaxValue, Limit = 1 };
        var row = await Find(query, cancellationToken).ConfigureAwait(false) ?? throw new EventNotFoundException(eventId);
        return await Prove(row, checkpoint, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<InclusionProof> Prove(Position position, SignedCheckpoint checkpoint, CancellationToken cancellationToken = default) =>
        await Prove(await EventAt(position, cancellationToken).ConfigureAwait(false), checkpoint, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask<ConsistencyProof> ProveConsistency(SignedCheckpoint older, SignedCheckpoint newer, CancellationToken cancellationToken = default)
    {
        Check(older);
        Check(newer);
        if (older.Size > newer.Size)
        {
            throw new IntegrityException($"The checkpoint given as the older one has {older.Size} events, the newer one {newer.Size}. Give them the other way round.");
        }

        var stored = new StoredTree(_tree, await Edge(newer, cancellationToken).ConfigureAwait(false));
        var proof = new ConsistencyProof(await stored.Resolve(MerkleRanges.Consistency(older.Size, newer.Size), cancellationToken).ConfigureAwait(false), older, newer);
        return ProofVerifier.Refusal(proof, TrustedKey) is { } refusal
            ? throw new IntegrityException($"The journal of {newer.Size} events cannot be shown to begin with that of the checkpoint of {older.Size}: {refusal}. Verify it against the older checkpoint: history was rewritten, or the stored tree was damaged.")
            : proof;
    }

    /// <inheritdoc/>
    public ValueTask<IntegrityReport> Verify(JournalScope scope, SignedCheckpoint checkpoint, CancellationToken cancellationToken = default) =>
        Verify(new IntegrityCheck { Scope = scope, Checkpoint = checkpoint }, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IntegrityReport> Verify(IntegrityCheck check, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(check);
        if (check.Checkpoint is { } checkpoint)
        {
            Check(checkpoint);
        }

        return check.Scope == JournalScope.Everything
            ? await new JournalVerification(_storage, _tree, _builder, check).Run(cancellationToken).ConfigureAwait(false)
            : await new ScopeVerification(_storage, _tree, _builder, check).Run(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<long> WriteBundle(BundleRequest request, Stream target, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(target);
        Check(request.Checkpoint);
        var bundle = new BundleWriter(_storage, _tree, request, TrustedKey);
        return await bundle.Write(await Edge(request.Checkpoint, cancellationToken).ConfigureAwait(false), target, cancellationToken).ConfigureAwait(false);
    }

    private VerifierKey TrustedKey => _options.Key ?? _options.Signer?.Key
        ?? throw new InvalidOperationException("No key says which checkpoints count. Set IntegrityOptions.Key to the verifier key, or Signer.");

    private void Check(SignedCheckpoint checkpoint)
    {
        if (ProofVerifier.Refusal(checkpoint, TrustedKey) is { } refusal)
        {
            throw new IntegrityException($"The checkpoint cannot be used: {refusal}. Take one that was signed with the key {TrustedKey.Name}.");
        }
    }

    private async ValueTask<InclusionProof> Prove(StoredRow row, SignedCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        Check(checkpoint);
        if (row.Position > checkpoint.Size)
        {
            throw new IntegrityException($"The event at position {row.Position} is newer than the checkpoint, which covers {checkpoint.Size} events. Take a newer checkpoint.");
        }

        var stored = new StoredTree(_tree, await Edge(checkpoint, cancellationToken).ConfigureAwait(false));
        var path = await stored.Resolve(MerkleRanges.Inclusion(row.Position - 1, checkpoint.Size), cancellationToken).ConfigureAwait(false);
        var proof = new InclusionProof(row.Position, path, checkpoint);
        return ProofVerifier.PlaceRefusal(proof, row) is { } refusal
            ? throw new IntegrityException($"The event at position {row.Position} cannot be proven: {refusal}. Verify the journal against the checkpoint: the event or the stored tree was changed.")
            : proof;
    }

    // Stored with the checkpoint, unless that was made over another copy of the journal: then it follows from the complete rows.
    private async ValueTask<TreeEdge> Edge(SignedCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        var rows = await _tree.ReadTreeRows(TreeKind.Edges, 0, checkpoint.Size, 1, cancellationToken).ConfigureAwait(false);
        if (rows is [var row] && row.Index == checkpoint.Size && TreeEdge.Read(checkpoint.Size, row.Bytes) is { } stored && stored.Root() == checkpoint.Root)
        {
            return stored;
        }

        var head = await _storage.ReadHead(cancellationToken).ConfigureAwait(false);
        var (edge, _) = head.Position >= checkpoint.Size
            ? await _builder.BuildUpTo(checkpoint.Size, cancellationToken).ConfigureAwait(false)
            : throw new IntegrityException($"The journal ends at position {head.Position}, the checkpoint covers {checkpoint.Size} events: it was cut off, or is an older copy. Verify it against the checkpoint.");
        return edge.Root() == checkpoint.Root
            ? edge
            : throw new IntegrityException($"The journal no longer leads to the checkpoint of {checkpoint.Size} events. Verify it against the checkpoint: events or the stored tree were changed.");
    }

    private async ValueTask<StoredRow> EventAt(Position position, CancellationToken cancellationToken)
    {
        var query = new StoredQuery { Path = StoredPath.Journal, After = position.Value - 1, Until = position.Value, Limit = 1 };
        return await Find(query, cancellationToken).ConfigureAwait(false)
            ?? throw new IntegrityException($"The journal holds no event at position {position}. Ask for one up to its head, or verify the journal if there was one.");
    }

    private async ValueTask<StoredRow?> Find(StoredQuery query, CancellationToken cancellationToken)
    {
        var found = new FirstRow();
        await _storage.Read(query, found, cancellationToken).ConfigureAwait(false);
        return found.Row;
    }

    private sealed class FirstRow : IStoredEventSink
    {
        public StoredRow? Row { get; private set; }

        public bool Accept(in StoredEvent e)
        {
            Row = e.ToRow();
            return false;
        }
    }
}
