namespace Nagare.Integrity.Tests;

/// <summary>Keys and what is signed with them.</summary>
internal static class Keys
{
    /// <summary>The key of the test journals.</summary>
    public static CheckpointKey Own { get; } = CheckpointKey.Generate("example.com/agents");

    /// <summary>Another one of the same name.</summary>
    public static CheckpointKey Stranger { get; } = CheckpointKey.Generate("example.com/agents");

    public static JournalIntegrity IntegrityOf(Nagare.Storage.IJournalStorage storage) => new(storage, new IntegrityOptions { Signer = Own });
}
