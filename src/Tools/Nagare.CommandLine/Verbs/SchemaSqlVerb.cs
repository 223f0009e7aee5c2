using System.CommandLine;

namespace Nagare.CommandLine;

/// <summary><c>schema-sql</c></summary>
internal static class SchemaSqlVerb
{
    public static Command Build(VerbHost host)
    {
        var role = new Option<string?>("--role") { Description = "Adds the statements that give this role, or user, what an application needs and no more.", HelpName = "ROLE" };
        var grantsOnly = new Option<bool>("--grants-only") { Description = "With --role: those alone, for tables that are there already." };
        var command = new JournalCommand(
            host,
            "schema-sql",
            "Prints the statements that create the journal's tables, for whoever runs them by hand: word for word those that the library runs. Asks no server; --db needs to name only the kind of database, and the schema where it is not the usual one.",
            "schema-sql --db postgres: > nagare.sql",
            "schema-sql --db 'postgres:Schema=tenant_a' --role app")
        {
            role,
            grantsOnly,
        };
        command.SetAction(arguments => Run(command, arguments, arguments.GetValue(role), arguments.GetValue(grantsOnly)));
        return command;
    }

    private static int Run(JournalCommand command, ParseResult arguments, string? role, bool grantsOnly)
    {
        if (role is null ? grantsOnly : string.IsNullOrWhiteSpace(role))
        {
            throw new CommandException(ExitCode.Usage, "schema-sql needs the name of a role: --role ROLE");
        }

        if (role is not null && VisibleText.Line(role) != role)
        {
            throw new CommandException(ExitCode.Usage, $"the role {role} has characters that act on a terminal; no script is printed for it");
        }

        var choice = command.ChoiceWithoutServer(arguments);
        var grants = role is null
            ? null
            : choice.Location.GrantScript(role) ?? throw new CommandException(ExitCode.Usage, $"{choice.Provider.Name} knows no roles; who may use a journal is said by the rights of its file");
        var schema = grantsOnly ? null : choice.Location.SchemaScript;
        if (command.IsJson(arguments))
        {
            JsonDocumentOutput.Write(command.Console, json =>
            {
                json.WriteString("database", choice.Name);
                json.WriteString("provider", choice.Provider.Name);
                json.WriteString("schema", schema);
                json.WriteString("grants", grants);
            });
            return ExitCode.Fine;
        }

        foreach (var script in (string?[])[schema, grants])
        {
            if (script is not null)
            {
                // Statements run as they are printed, so that nothing in them is made visible; what a user adds was looked at above.
                command.Console.Out.WriteLine(script.ReplaceLineEndings("\n").TrimEnd('\n'));
                command.Console.Out.WriteLine();
            }
        }

        return ExitCode.Fine;
    }
}
