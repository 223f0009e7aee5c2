using System.Collections.Generic;
using System.Linq;

namespace Nagare.Generators;

/// <summary>Prints an explainer's dispatch, and a method for each event that the user's methods leave out.</summary>
internal static class ExplainerEmitter
{
    public static GeneratedFile Emit(ExplainerModel explainer)
    {
        var writer = new SourceWriter();
        Reopened.Print(writer, explainer.Type, () => writer.Lines(string.Join("\n\n", Members(explainer))));
        return new GeneratedFile($"{explainer.Type.HintName}.Explainer.g.cs", writer.ToString());
    }

    private static IEnumerable<string> Members(ExplainerModel explainer)
    {
        if (explainer.WritesExplain)
        {
            yield return explainer.WritesExplainStored ? Explain(explainer) : ExplainAsNeverStored(explainer);
        }

        if (explainer.WritesExplainStored && explainer.WritesExplain)
        {
            yield return ExplainStored(explainer);
        }

        foreach (var standIn in explainer.StandIns)
        {
            yield return standIn.Template is null ? Stub(standIn) : FromTemplate(standIn, standIn.Template);
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

    private static string FromTemplate(StandInModel standIn, TemplateModel template)
    {
        var rest = new List<string>();
        if (template.Detail is { } detail)
        {
            rest.Add($"Detail = {Templates.Text(detail, "e")}");
        }

        if (template.Actor is { } actor)
        {
            rest.Add($"Actor = {Templates.Text(actor, "e")}");
        }

        var arguments = new[] { Templates.Text(template.Title, "e"), Templates.Text(template.Summary, "e") }
            .Concat(template.Tags.Select(static tag => $"({Literals.Text(tag.Name)}, {Templates.Text(tag.Value, "e")})"));
        return $"""
            // As [Explain] on the event says.
            {SourceWriter.GeneratedCode}
            private static global::Nagare.Explanation {standIn.Method}({standIn.Type} e) => new(
                {string.Join(",\n    ", arguments)}){(rest.Count == 0 ? ";" : $"\n{{\n    {string.Join(",\n    ", rest)},\n}};")}
            """;
    }

    // Nobody wrote an explanation: the event's name and members speak for it, and NAG1001 says so.
    private static string Stub(StandInModel standIn)
    {
        var summary = string.Join(", ", standIn.Scalars.Select(static scalar => $"{scalar.Words} {{e.{scalar.Property}}}"));
        var arguments = new List<string> { Literals.Text(standIn.Title) };
        if (standIn.Scalars.Count > 0)
        {
            arguments.Add(Templates.Invariant(summary));
            arguments.AddRange(standIn.Scalars.Select(static scalar => $"({Literals.Text(scalar.WireName)}, {Templates.Invariant($"{{e.{scalar.Property}}}")})"));
        }

        return $"""
            // Nobody has explained this event yet, so its name and members speak for it: NAG1001.
            {SourceWriter.GeneratedCode}
            private static global::Nagare.Explanation {standIn.Method}({standIn.Type} e) => new(
                {string.Join(",\n    ", arguments)});
            """;
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
