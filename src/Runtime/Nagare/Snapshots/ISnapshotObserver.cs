namespace Nagare;

/// <summary>Hears what becomes of snapshots. Add any number of them to the services; they are called on whatever thread it happens, and must not throw.</summary>
public interface ISnapshotObserver
{
    /// <summary>A load began at a snapshot instead of the first event.</summary>
    void Used(string aggregate, StreamId stream, StreamVersion version);

    /// <summary>A load met a snapshot and did without it.</summary>
    void Ignored(string aggregate, StreamId stream, StreamVersion version, SnapshotFault fault);

    /// <summary>A snapshot was written.</summary>
    void Written(string aggregate, StreamId stream, StreamVersion version);

    /// <summary>A snapshot could not be read or written, or was not tried because too many waited. Nothing else is affected.</summary>
    void Failed(string aggregate, StreamId stream, StreamVersion version, Exception? error);
}

/// <summary>Why a snapshot was not used.</summary>
public enum SnapshotFault
{
    /// <summary>It is later than the moment asked for. Nothing is wrong with it.</summary>
    BeyondTheMoment,

    /// <summary>State, events or fold version are others than when it was written.</summary>
    OtherSchema,

    /// <summary>The stream is not as long as the snapshot says, or another event stands where it ends: it is of another history.</summary>
    OtherHistory,

    /// <summary>Its checksum does not fit, or its bytes are no state.</summary>
    Damaged,
}
