namespace Nagare;

/// <summary>What opening a journal on a database server does about its tables.</summary>
public enum JournalSchemaHandling
{
    /// <summary>Creates the tables where they are missing; the connection then needs the right to. A journal of an older format is refused until it is upgraded explicitly.</summary>
    CreateIfMissing,

    /// <summary>Creates nothing: missing tables are an error. The choice where the application may not create tables.</summary>
    CheckOnly,

    /// <summary>
    /// Creates the tables where they are missing, and upgrades a journal of an older format at opening; the connection then needs the right to. Builds
    /// that know only the older format refuse the journal from then on, as soon as they connect anew.
    /// </summary>
    CreateOrUpgrade,
}
