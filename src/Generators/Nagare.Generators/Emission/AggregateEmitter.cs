using System.Collections.Generic;
using System.Linq;

namespace Nagare.Generators;

/// <summary>Prints an aggregate's fold and decisions.</summary>
internal static class AggregateEmitter
{
    public static GeneratedFile Emit(AggregateModel aggregate)
    {
        var writer = new SourceWriter();
        Placement.Inside(writer, aggregate.Type, "", () =>
        {
            var isFirst = true;
            foreach (var member in Members(aggregate))
            {
                if (!isFirst)
                {
                    writer.Line();
                }

                isFirst = false;
                writer.Lines(member);
            }
        });
        return new GeneratedFile($"{aggregate.Type.HintName}.Aggregate.g.cs", writer.End());
    }

    private static IEnumerable<string> Members(AggregateModel aggregate)
    {
        if (aggregate.Initial != InitialState.ByHand)
        {
            yield return Initial(aggregate);
        }

        if (aggregate.WritesEvolve)
        {
            yield return aggregate.Applies.Any(static handler => handler.ReturnsVoid) ? EvolveInPlace(aggregate) : Evolve(aggregate);
        }

        if (aggregate.WritesDecide)
        {
            yield return Decide(aggregate);
        }

        if (aggregate.WritesStream)
        {
            yield return Stream(aggregate);
        }

        foreach (var helper in DecisionHelpers(aggregate))
        {
            yield return helper;
        }
    }

    private static string Initial(AggregateModel aggregate) => aggregate.Initial switch
    {
        InitialState.Shared => $$"""
            /// <summary>The state before the first event.</summary>
            {{SourceWriter.GeneratedCode}}
            public static {{aggregate.Type.FullName}} Initial { get; } = new();
            """,
        InitialState.Fresh => $"""
            /// <summary>The state before the first event: a new one each time, because it changes in place.</summary>
            {SourceWriter.GeneratedCode}
            public static {aggregate.Type.FullName} Initial => new();
            """,

        // Were it missing, the compiler would stop before any rule could say what to do.
        _ => $"""
            /// <summary>The state before the first event is not written: NAG0009.</summary>
            {SourceWriter.GeneratedCode}
            public static {aggregate.Type.FullName} Initial => throw new global::Nagare.EventModelException({Literals.Text($"{aggregate.Type.Name} cannot be made without values, and its Initial is not written (NAG0009).")});
            """,
    };

    private static string Evolve(AggregateModel aggregate)
    {
        var arms = new List<string>();
        arms.AddRange(aggregate.Applies.Select(static handler => handler.IsIgnored
            ? $"    {handler.Type} => state, // [Ignores]"
            : $"    {handler.Type} {handler.Variable} => {Apply(handler)},"));
        arms.AddRange(aggregate.Unhandled.Select(static type => $"    {type} => state, // neither applied nor ignored: NAG1002"));
        arms.Add(Otherwise(aggregate) switch
        {
            { } reason => $"    _ => state, // {reason}",
            null => $"    _ => throw {Stale(aggregate)},",
        });
        return $$"""
            /// <summary>The state after an event.</summary>
            {{SourceWriter.GeneratedCode}}
            public static {{aggregate.Type.FullName}} Evolve({{aggregate.Type.FullName}} state, {{aggregate.Family.Type}} e) => e switch
            {
            {{string.Join("\n", arms)}}
            };
            """;
    }

    private static string EvolveInPlace(AggregateModel aggregate)
    {
        var cases = new List<string>();
        cases.AddRange(aggregate.Applies.Select(static handler => handler switch
        {
            { IsIgnored: true } => $"        case {handler.Type}: // [Ignores]\n            return state;",
            { ReturnsVoid: true } => $"        case {handler.Type} {handler.Variable}:\n            {Apply(handler)};\n            return state;",
            _ => $"        case {handler.Type} {handler.Variable}:\n            return {Apply(handler)};",
        }));
        cases.AddRange(aggregate.Unhandled.Select(static type => $"        case {type}: // neither applied nor ignored: NAG1002\n            return state;"));
        cases.Add(Otherwise(aggregate) switch
        {
            { } reason => $"        default: // {reason}\n            return state;",
            null => $"        default:\n            throw {Stale(aggregate)};",
        });
        return $$"""
            /// <summary>The state after an event: the same instance, changed.</summary>
            {{SourceWriter.GeneratedCode}}
            public static {{aggregate.Type.FullName}} Evolve({{aggregate.Type.FullName}} state, {{aggregate.Family.Type}} e)
            {
                switch (e)
                {
            {{string.Join("\n", cases)}}
                }
            }
            """;
    }

    /// <summary>Why any other event leaves the state as it is, or null where there should be none.</summary>
    private static string? Otherwise(AggregateModel aggregate) => aggregate switch
    {
        { IgnoresRest: true } => "IgnoreRest",
        { NamesWholeFamily: false } => "events that cannot be named from here",
        _ => null,
    };

    private static string Stale(AggregateModel aggregate) =>
        $"new global::Nagare.EventModelException($\"{{typeof({aggregate.Type.FullName})}} was built without knowing {{e?.GetType().ToString() ?? \"null\"}}: build it again with the assembly that holds its events.\")";

    private static string Apply(HandlerModel handler) =>
        handler.IsStatic ? $"Apply(state, {handler.Variable})" : $"state.Apply({handler.Variable})";

    private static string Decide(AggregateModel aggregate)
    {
        var arms = aggregate.Decides.Select(static handler => $"        {handler.Type} {handler.Variable} => {Decide(handler)},");
        return $$"""
            /// <summary>What a command leads to in this state.</summary>
            /// <exception cref="global::Nagare.CommandNotHandledException">The aggregate has no decision for the command.</exception>
            {{SourceWriter.GeneratedCode}}
            public static global::Nagare.Decision<{{aggregate.Family.Type}}> Decide({{aggregate.Type.FullName}} state, global::Nagare.ICommand<{{aggregate.Type.FullName}}> command, global::Nagare.DecisionContext at)
            {
                global::System.ArgumentNullException.ThrowIfNull(command);
                return command switch
                {
            {{string.Join("\n", arms)}}
                    _ => throw new global::Nagare.CommandNotHandledException(typeof({{aggregate.Type.FullName}}), command.GetType()),
                };
            }
            """;
    }

    private static string Decide(HandlerModel handler)
    {
        var context = handler.TakesContext ? ", at" : "";
        return handler.IsStatic ? $"Decide(state, {handler.Variable}{context})" : $"state.Decide({handler.Variable}{context})";
    }

    private static string Stream(AggregateModel aggregate) => $"""
        /// <summary>Names one of the aggregate's streams.</summary>
        /// <param name="id">Which one.</param>
        /// <exception cref="global::Nagare.InvalidStreamIdException">The id is none that a journal keeps.</exception>
        {SourceWriter.GeneratedCode}
        public static global::Nagare.StreamId Stream(string id) => new({Literals.Text(aggregate.Family.StoredName)}, id);
        """;

    private static IEnumerable<string> DecisionHelpers(AggregateModel aggregate)
    {
        var family = aggregate.Family.Type;
        if (aggregate.WritesPersist)
        {
            yield return $"""
                // Decides to store these events.
                {SourceWriter.GeneratedCode}
                private static global::Nagare.Decision<{family}> Persist(params global::System.ReadOnlySpan<{family}> events) => global::Nagare.Decision.Persist(events);
                """;
        }

        if (aggregate.WritesReject)
        {
            yield return $"""
                // Decides to refuse: a result, not an exception.
                {SourceWriter.GeneratedCode}
                private static global::Nagare.Decision<{family}> Reject(string reason, string code = "rejected") => global::Nagare.Decision.Reject<{family}>(reason, code);
                """;
        }

        if (aggregate.WritesIgnore)
        {
            yield return $"""
                // Decides that there is nothing to do.
                {SourceWriter.GeneratedCode}
                private static global::Nagare.Decision<{family}> Ignore() => global::Nagare.Decision.Ignore<{family}>();
                """;
        }
    }
}
