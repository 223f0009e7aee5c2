using Nagare.Torture;

namespace Nagare.Databases.Tests;

/// <summary>Every database, as data of tests. One whose server is not there skips what concerns it, by name.</summary>
internal static class AllDatabases
{
    public static IEnumerable<string> Names => Backends.All.Select(backend => backend.Name);

    /// <summary>Those behind a network.</summary>
    public static IEnumerable<string> Servers => Backends.All.Where(backend => backend.Variable is not null).Select(backend => backend.Name);

    /// <summary>The database, or a skipped test.</summary>
    public static Backend There(string name)
    {
        var backend = Backends.Named(name);
        Assert.SkipWhen(backend.Server is null, $"{backend.Title}: {backend.Variable} is not set. eng/databases up {backend.Name} starts a server and says what to set");
        return backend;
    }
}
