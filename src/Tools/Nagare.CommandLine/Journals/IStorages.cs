using Nagare.Storage;

namespace Nagare.CommandLine;

/// <summary>Keeps journals elsewhere than in files; for tests.</summary>
internal interface IStorages
{
    /// <summary>Whether there is a journal of this name.</summary>
    bool Exists(string name);

    /// <summary>Opens it, or makes it.</summary>
    IJournalStorage Open(string name);
}
