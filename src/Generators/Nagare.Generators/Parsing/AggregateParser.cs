using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nagare.Generators;

/// <summary>Decides what is written for an aggregate.</summary>
internal static class AggregateParser
{
    /// <summary>Names that the emitted dispatch uses itself.</summary>
    private static readonly string[] TakenNames = ["state", "e", "command", "at"];

    public static bool IsCandidate(SyntaxNode node, CancellationToken cancellationToken) => node is TypeDeclarationSyntax;

    /// <summary>What to write, or null for an aggregate that writes everything itself.</summary>
    public static AggregateModel? Parse(INamedTypeSymbol type) =>
        TypeParser.CanBeExtended(type) && AggregateReader.TryRead(type) is { } aggregate ? Model(aggregate) : null;

    /// <summary>The model with what the family's events leave to say.</summary>
    public static AggregateModel Complete(AggregateModel aggregate, EquatableArray<FamilyMemberModel> localMembers)
    {
        if (aggregate.IgnoresRest || !aggregate.WritesEvolve)
        {
            return aggregate;
        }

        var named = new HashSet<string>(aggregate.Applies.Select(static handler => handler.Type));
        var unnamed = FamilyMembers.Of(aggregate.Family, localMembers)
            .Where(member => !named.Contains(aggregate.Family.Type) && !named.Contains(member.Type.FullName) && !member.Groups.Any(named.Contains))
            .ToList();
        var unhandled = unnamed.Where(static member => member.Type.IsVisible).ToList();
        return aggregate with
        {
            // An event below another that stands here anyway would be a case that is never reached.
            Unhandled = unhandled
                .Where(member => !unhandled.Any(other => member.Groups.Contains(other.Type.FullName)))
                .Select(static member => member.Type.FullName)
                .ToEquatableArray(),
            NamesWholeFamily = unhandled.Count == unnamed.Count,
        };
    }

    private static AggregateModel Model(AggregateReader aggregate)
    {
        var type = aggregate.Type;
        var applies = aggregate.Applies();
        var decides = aggregate.Decides();
        return new AggregateModel
        {
            Type = TypeParser.Parse(type),
            Family = FamilyMembers.Reference(aggregate.Family, type.ContainingAssembly),
            Initial = Initial(aggregate, applies),
            WritesEvolve = !aggregate.WritesByHand("Evolve"),
            Applies = EvolveArms(aggregate, applies).ToEquatableArray(),
            IgnoresRest = aggregate.IgnoresRest,
            WritesDecide = decides.Length > 0 && !aggregate.WritesByHand("Decide"),
            Decides = Handler.InSwitchOrder(decides, static handler => handler.Handled).Select(Arm).ToEquatableArray(),
            WritesPersist = decides.Length > 0 && !Inheritance.HasMemberByHand(type, "Persist"),
            WritesReject = decides.Length > 0 && !Inheritance.HasMemberByHand(type, "Reject"),
            WritesIgnore = decides.Length > 0 && !Inheritance.HasMemberByHand(type, "Ignore"),
            WritesStream = !Inheritance.HasMemberByHand(type, "Stream"),
        };
    }

    private static HandlerModel Arm(Handler handler)
    {
        var ownParameters = handler.Method.IsStatic ? 2 : 1;
        return new HandlerModel
        {
            Type = Naming.FullName(handler.Handled),
            Variable = Naming.Variable(handler.Handled.Name, TakenNames),
            IsStatic = handler.Method.IsStatic,
            ReturnsVoid = handler.Method.ReturnsVoid,
            TakesContext = handler.Method.Parameters.Length > ownParameters,
        };
    }

    // An event that is ignored although a method applies it: the method counts.
    private static IEnumerable<HandlerModel> EvolveArms(AggregateReader aggregate, IReadOnlyCollection<Handler> applies)
    {
        var applied = applies.Select(static handler => (Type: handler.Handled, Arm: Arm(handler)));
        var ignored = aggregate.Ignored()
            .Where(ignored => !applies.Any(handler => SymbolEqualityComparer.Default.Equals(handler.Handled, ignored)))
            .Select(static ignored => (Type: ignored, Arm: new HandlerModel { Type = Naming.FullName(ignored), Variable = "_", IsIgnored = true }));
        return Handler.InSwitchOrder(applied.Concat(ignored), static arm => arm.Type).Select(static arm => arm.Arm);
    }

    private static InitialState Initial(AggregateReader aggregate, IReadOnlyCollection<Handler> applies)
    {
        if (aggregate.WritesByHand("Initial"))
        {
            return InitialState.ByHand;
        }

        if (!CanBeMadeFromNothing(aggregate.Type))
        {
            return InitialState.Impossible;
        }

        return aggregate.Type.IsRecord && !applies.Any(static handler => handler.Method.ReturnsVoid) ? InitialState.Shared : InitialState.Fresh;
    }

    private static bool CanBeMadeFromNothing(INamedTypeSymbol type)
    {
        if (type.IsAbstract)
        {
            return false;
        }

        var constructor = type.InstanceConstructors.FirstOrDefault(static candidate => candidate.Parameters.Length == 0)
            ?? type.InstanceConstructors.FirstOrDefault(static candidate => candidate.Parameters.All(static parameter => parameter.IsOptional || parameter.IsParams));
        return constructor is not null && (constructor.FindAttribute(KnownNames.SetsRequiredMembersAttribute) is not null || !HasRequiredMembers(type));
    }

    private static bool HasRequiredMembers(INamedTypeSymbol type) =>
        Inheritance.SelfAndBases(type).SelectMany(static candidate => candidate.GetMembers()).Any(static member =>
            member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true });
}
