using System.Collections.Generic;
using System.Linq;

namespace Nagare.Generators;

/// <summary>Prints an explainer's dispatch, and a method for each event that the user's methods leave out.</summary>
internal static class ExplainerEmitter
{
    public static GeneratedFile Emit(ExplainerModel explainer)
    {
        var writer = new SourceWriter();
        Placement.Inside(writer, explainer.Type, "", () =>
        {
            writer.Lines(string.Join("\n\n", Dispatch(explainer)));
            foreach (var standIn in explainer.StandIns)
            {
                writer.Line();
                EmitStandIn(writer, standIn);
            }
        });
        return new GeneratedFile($"{explainer.Type.HintName}.Explainer.g.cs", writer.End());
    }

    private static IEnumerable<string> Dispatch(ExplainerModel explainer)
    {
        if (explainer.WritesExplain)
        {
            yield return explainer.WritesExplainStored ? Explain(explainer) : ExplainAsNeverStored(explainer);
        }

        if (explainer.Dispatches)
        {
            yield return ExplainStored(explainer);
        }

        if (explainer.StoredNames.Count > 0)
        {
            yield return NeverStored(explainer);
        }
    }

    private static string Explain(ExplainerModel explainer) => $$"""
        /// <summary>The event in plain words.</summary>
        {{SourceWriter.GeneratedCode}}
        public global::Nagare.Explanation Explain({{explainer.Family.Type}} e) => e switch
        {
        {{Arms(explainer, static variable => $"NeverStored({variable})")}}
        };
        """;

    private static string ExplainAsNeverStored(ExplainerModel explainer) => $"""
        /// <summary>The event in plain words.</summary>
        {SourceWriter.GeneratedCode}
        public global::Nagare.Explanation Explain({explainer.Family.Type} e) => Explain(e, NeverStored(e));
        """;

    private static string ExplainStored(ExplainerModel explainer) => explainer.Handlers.Any(static handler => handler.TakesContext)
        ? $$"""
            /// <summary>The event in plain words, given what else the journal knows about it.</summary>
            {{SourceWriter.GeneratedCode}}
            public global::Nagare.Explanation Explain({{explainer.Family.Type}} e, global::Nagare.Envelope at) => e switch
            {
            {{Arms(explainer, static _ => "at")}}
            };
            """
        : $"""
            /// <summary>The event in plain words; no explanation here asks for its envelope.</summary>
            {SourceWriter.GeneratedCode}
            public global::Nagare.Explanation Explain({explainer.Family.Type} e, global::Nagare.Envelope at) => Explain(e);
            """;

    private static string Arms(ExplainerModel explainer, System.Func<string, string> envelope)
    {
        var arms = explainer.Handlers
            .Select(handler => $"    {handler.Type} {handler.Variable} => Explain({handler.Variable}{(handler.TakesContext ? ", " + envelope(handler.Variable) : "")}),")
            .Concat(explainer.StandIns.Select(static standIn => $"    {standIn.Type} {standIn.Variable} => {standIn.Method}({standIn.Variable}),"))
            .Append("    null => throw new global::System.ArgumentNullException(nameof(e)),")
            .Append("    _ => new global::Nagare.Explanation(e.GetType().Name), // newer than this build, or private to its family");
        return string.Join("\n", arms);
    }

    private static void EmitStandIn(SourceWriter writer, StandInModel standIn)
    {
        writer.Line(standIn.IsStub
            ? "// Nobody has explained this event yet, so its name and members speak for it: NAG1001."
            : "// As [Explain] on the event says.");
        writer.Line(SourceWriter.GeneratedCode);
        TemplateEmitter.EmitExplain(writer, $"private static global::Nagare.Explanation {standIn.Method}({standIn.Type} e)", standIn.Template);
    }

    private static string NeverStored(ExplainerModel explainer) => $$"""
        // An envelope for an event that no journal holds: position and version 0, no metadata.
        {{SourceWriter.GeneratedCode}}
        private static global::Nagare.Envelope NeverStored({{explainer.Family.Type}} e)
        {
            var (typeName, schemaVersion) = e switch
            {
        {{string.Join("\n", explainer.StoredNames.Select(static stored => $"        {stored.Type} => ({Literals.Text(stored.Name)}, {stored.SchemaVersion}),"))}}
                _ => ("", 0),
            };
            return new global::Nagare.Envelope
            {
                Position = default,
                StreamId = default,
                Version = default,
                EventId = default,
                Family = {{Literals.Text(explainer.Family.StoredName)}},
                TypeName = typeName,
                SchemaVersion = schemaVersion,
                Event = e,
                Metadata = global::Nagare.EventMetadata.None,
                RecordedAt = default,
            };
        }
        """;
}
