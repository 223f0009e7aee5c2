using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Nagare.SqlServer.Tests;

/// <summary>Finds in a statement what Babelfish refuses or only pretends to do, and what SQL Server refuses on a table with triggers.</summary>
internal sealed class Refusals : TSqlFragmentVisitor
{
    // Grants of these are all that Babelfish knows.
    private static readonly string[] Grantable = ["select", "insert", "update", "delete", "execute", "references"];

    private readonly List<string> _found = [];

    public static IReadOnlyList<string> Of(TSqlFragment statement)
    {
        var refusals = new Refusals();
        statement.Accept(refusals);
        return refusals._found;
    }

    public override void Visit(MergeStatement node) => Add(node, "merge");

    public override void Visit(StatementWithCtesAndXmlNamespaces node)
    {
        if (node is DataModificationStatement && node.WithCtesAndXmlNamespaces is not null)
        {
            Add(node, "a change through a common table expression");
        }
    }

    public override void Visit(TableDefinition node)
    {
        if (node.Indexes.Count > 0 || node.ColumnDefinitions.Any(column => column.Index is not null))
        {
            Add(node, "an inline index");
        }
    }

    public override void Visit(CreateIndexStatement node)
    {
        if (node.Clustered is not null || node.IndexOptions.Count > 0)
        {
            Add(node, "an option of an index");
        }
    }

    public override void Visit(CreateOrAlterProcedureStatement node) => Add(node, "create or alter");

    public override void Visit(CreateOrAlterTriggerStatement node) => Add(node, "create or alter");

    public override void Visit(CreateOrAlterFunctionStatement node) => Add(node, "create or alter");

    public override void Visit(CreateOrAlterViewStatement node) => Add(node, "create or alter");

    public override void Visit(AlterIndexStatement node) => Add(node, "alter index");

    public override void Visit(AlterTriggerStatement node) => Add(node, "alter trigger");

    public override void Visit(AlterTableAlterColumnStatement node) => Add(node, "alter column");

    // SQL Server: error 334 on a table with a trigger for the same action.
    public override void Visit(OutputClause node) => Add(node, "output without into");

    // An index may be named, as advice. What a lock would promise, Babelfish would not keep.
    public override void Visit(TableHint node)
    {
        if (node.HintKind != TableHintKind.Index)
        {
            Add(node, $"the hint {node.HintKind}");
        }
    }

    public override void Visit(GrantStatement node)
    {
        foreach (var permission in node.Permissions)
        {
            if (!Grantable.Contains(string.Join(' ', permission.Identifiers.Select(word => word.Value)), StringComparer.OrdinalIgnoreCase))
            {
                Add(node, "a permission that it does not know");
            }
        }

        if (node.SecurityTargetObject.ObjectKind is not (SecurityObjectKind.NotSpecified or SecurityObjectKind.Object or SecurityObjectKind.Schema))
        {
            Add(node, "a permission on something else than an object or a schema");
        }
    }

    public override void Visit(DenyStatement node) => Add(node, "deny");

    private void Add(TSqlFragment node, string what) => _found.Add($"line {node.StartLine}: {what}");
}

/// <summary>Finds tables, triggers and types that a statement names without their schema.</summary>
internal sealed class Unqualified : TSqlFragmentVisitor
{
    private static readonly string[] OfTriggers = ["inserted", "deleted"];

    private readonly List<string> _found = [];

    public static IReadOnlyList<string> Of(TSqlFragment statement)
    {
        var unqualified = new Unqualified();
        statement.Accept(unqualified);
        return unqualified._found;
    }

    public override void Visit(NamedTableReference node) => Check(node.SchemaObject);

    public override void Visit(CreateTableStatement node) => Check(node.SchemaObjectName);

    public override void Visit(CreateIndexStatement node) => Check(node.OnName);

    public override void Visit(CreateTypeTableStatement node) => Check(node.Name);

    public override void Visit(CreateTriggerStatement node)
    {
        Check(node.Name);
        Check(node.TriggerObject.Name);
    }

    private void Check(SchemaObjectName name)
    {
        if (name.SchemaIdentifier is null && !OfTriggers.Contains(name.BaseIdentifier.Value, StringComparer.Ordinal))
        {
            _found.Add(name.BaseIdentifier.Value);
        }
    }
}
