namespace Nagare.CommandLine;

/// <summary>What the verbs answer to the shell. The same for every verb and every application, and stable.</summary>
public static class ExitCode
{
    /// <summary>Done, and nothing was found.</summary>
    public const int Fine = 0;

    /// <summary>Something was found: a rule broken, a malformed line, a restore refused.</summary>
    public const int Finding = 1;

    /// <summary>The command was not understood, or it would have overwritten something.</summary>
    public const int Usage = 2;

    /// <summary>The store, or a file besides it, cannot be reached, opened, read or written.</summary>
    public const int StoreUnreachable = 3;

    /// <summary>What was asked for is not there: the database, the run, the version, the rule, the file.</summary>
    public const int NotFound = 4;

    /// <summary>A defect in the program: an exception that nobody expected.</summary>
    public const int Defect = 70;

    /// <summary>Ended by Ctrl-C or a polite kill; what was under way is stored whole or not at all. 128 and the number of SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;
}
