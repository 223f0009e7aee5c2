using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nagare.Generators;

/// <summary>Decides what is written for an explainer.</summary>
internal static class ExplainerParser
{
    /// <summary>Names that the emitted dispatch uses itself.</summary>
    private static readonly string[] TakenVariables = ["e", "at"];

    public static bool IsCandidate(SyntaxNode node, CancellationToken cancellationToken) => node is ClassDeclarationSyntax or RecordDeclarationSyntax;

    /// <summary>What to write, or null for an explainer that is only registered.</summary>
    public static ExplainerModel? Parse(ExplainerReader explainer) =>
        explainer.IsMarked && TypeParser.CanBeExtended(explainer.Type) ? Model(explainer) : null;

    /// <summary>The model with what the family's events leave to say.</summary>
    public static ExplainerModel Complete(ExplainerModel explainer, EquatableArray<FamilyMemberModel> localMembers)
    {
        var members = FamilyMembers.Of(explainer.Family, localMembers).Where(static member => member.Type.IsVisible).ToList();
        var explained = new HashSet<string>(explainer.Handlers.Select(static handler => handler.Type));
        var methods = new HashSet<string>(explainer.TakenNames);
        return explainer with
        {
            StandIns = explainer.Dispatches
                ? members
                    .Where(member => !explained.Contains(member.Type.FullName) && !member.Groups.Any(explained.Contains))
                    .Select(member => StandIn(member, methods))
                    .ToEquatableArray()
                : EquatableArray<StandInModel>.Empty,
            StoredNames = explainer.WritesExplain && (!explainer.WritesExplainStored || explainer.Handlers.Any(static handler => handler.TakesContext))
                ? members.Select(static member => new StoredNameModel(member.Type.FullName, member.StoredName, member.SchemaVersion)).ToEquatableArray()
                : EquatableArray<StoredNameModel>.Empty,
        };
    }

    private static ExplainerModel Model(ExplainerReader explainer) => new()
    {
        Type = TypeParser.Parse(explainer.Type),
        Family = FamilyMembers.Reference(explainer.Family, explainer.Type.ContainingAssembly),
        WritesExplain = !explainer.WritesByHand(1),
        WritesExplainStored = !explainer.WritesByHand(2),
        Handlers = Handler.InSwitchOrder(explainer.Explains(), static handler => handler.Handled).Select(Arm).ToEquatableArray(),
        TakenNames = explainer.Type.GetMembers()
            .Where(static member => GeneratedCode.IsByHand(member))
            .Select(static member => member.Name)
            .Distinct()
            .ToEquatableArray(),
    };

    private static HandlerModel Arm(Handler handler) => new()
    {
        Type = Naming.FullName(handler.Handled),
        Variable = Naming.Variable(handler.Handled.Name, TakenVariables),
        IsStatic = handler.Method.IsStatic,
        TakesContext = handler.Method.Parameters.Length == 2,
    };

    private static StandInModel StandIn(FamilyMemberModel member, HashSet<string> methods)
    {
        var name = member.Type.Name.TrimStart('@');
        return new StandInModel
        {
            Type = member.Type.FullName,
            Variable = Naming.Variable(name, TakenVariables),
            Method = Naming.Free("Explain" + name, "Explain_" + member.Type.MangledName, methods),
            Template = member.Template ?? Stub(member),
            IsStub = member.Template is null,
        };
    }

    // The name in words, and every member that fits into a sentence.
    private static TemplateModel Stub(FamilyMemberModel member)
    {
        var summary = member.Scalars.SelectMany(static (scalar, i) => new[] { Literal($"{(i == 0 ? "" : ", ")}{scalar.Words} "), Hole(scalar) });
        var tags = member.Scalars.Select(static scalar => new TagModel("", scalar.WireName, Text([Hole(scalar)])));
        return new TemplateModel(Text([Literal(Naming.Sentence(member.Type.Name.TrimStart('@')))]), Text(summary), null, null, tags.ToEquatableArray());
    }

    private static TextModel Text(IEnumerable<TextPart> parts) => new(parts.ToEquatableArray());

    private static TextPart Literal(string text) => new(text, null, null);

    private static TextPart Hole(ScalarModel scalar) => new("", "." + scalar.Property, null);
}
