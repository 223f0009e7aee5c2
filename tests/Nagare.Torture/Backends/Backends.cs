namespace Nagare.Torture;

/// <summary>Every database there is, in the order in which reports name them.</summary>
public static class Backends
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Backend> All { get; } = [new SqliteBackend(), new PostgreSqlBackend(), MySqlBackend.MariaDb, MySqlBackend.MySql, new SqlServerBackend()];

    /// <summary>The one of this name, or null.</summary>
    public static Backend? Find(string name) => All.FirstOrDefault(backend => backend.Name == name);

    /// <summary>The one of this name.</summary>
    public static Backend Named(string name) => Find(name) ?? throw new ArgumentException($"There is no database '{name}'; there are {string.Join(", ", All.Select(backend => backend.Name))}.", nameof(name));
}
