namespace Nagare.Storage;

/// <summary>Where a journal keeps the nodes of its tree of proofs: rows of bytes that are stored once and never change. A journal's storage implements it beside <see cref="IJournalStorage"/>.</summary>
/// <remarks>
/// A row is a pure function of the events it stands for, so that builders need no lock: whoever stores a row second finds it there. What the
/// rows mean is the business of <c>Nagare.Integrity</c> alone; a storage keeps them, in a table that refuses changes as that of the events does.
/// </remarks>
public interface ITreeStorage
{
    /// <summary>Reads rows of one level in the order of their index, from one index on; what is missing is left out.</summary>
    /// <param name="tree">Which tree.</param>
    /// <param name="level">Which level of it.</param>
    /// <param name="firstIndex">Where to begin, from 0.</param>
    /// <param name="limit">The most rows, from 1.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<IReadOnlyList<TreeRow>> ReadTreeRows(TreeKind tree, int level, long firstIndex, int limit, CancellationToken cancellationToken);

    /// <summary>The index after the highest one that is stored on a level; 0 where there is none.</summary>
    ValueTask<long> NextTreeIndex(TreeKind tree, int level, CancellationToken cancellationToken);

    /// <summary>Stores rows, in their order; one that is there already is left as it is. What is stored of them when this fails is a first part.</summary>
    ValueTask StoreTreeRows(IReadOnlyList<TreeRow> rows, CancellationToken cancellationToken);
}

/// <summary>What the rows of a tree hold. The numbers are stored.</summary>
public enum TreeKind
{
    /// <summary>The tree over events: level 0 holds 256 leaves a row, each level above the roots of 256 rows of the one below (the tiles of c2sp.org/tlog-tiles).</summary>
    Events = 1,

    /// <summary>The tree over counts of keys: level 0 holds one leaf a row, level 1 256 of them.</summary>
    Keys = 2,

    /// <summary>The counts themselves: level 0 holds a run of positions a row.</summary>
    Counts = 3,

    /// <summary>What a checkpoint's tree holds beside complete rows; the index is the checkpoint's size.</summary>
    Edges = 4,
}

/// <summary>A stored row of a tree.</summary>
/// <param name="Tree">Which tree.</param>
/// <param name="Level">Which level, from 0.</param>
/// <param name="Index">Its place on the level, from 0.</param>
/// <param name="Bytes">What it holds.</param>
public sealed record TreeRow(TreeKind Tree, int Level, long Index, ReadOnlyMemory<byte> Bytes);
