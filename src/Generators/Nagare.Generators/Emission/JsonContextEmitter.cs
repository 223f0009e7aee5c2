namespace Nagare.Generators;

/// <summary>Prints <c>X.Json</c>, through which <c>JsonSerializer</c> finds the generated converters: a table, and nothing else.</summary>
internal static class JsonContextEmitter
{
    public static GeneratedFile Emit(JsonTable table)
    {
        var source = new SourceWriter();
        Placement.Inside(source, table.Model, "", () => EmitContext(source, table));
        return new GeneratedFile(table.Model.HintName + ".Json.g.cs", source.End());
    }

    private static void EmitContext(SourceWriter source, JsonTable table)
    {
        source.Lines("""
            /// <summary>The events of this model, and the types inside them, for <c>JsonSerializer</c>: without reflection, and to be chained with contexts of your own.</summary>
            """);
        source.Line(SourceWriter.GeneratedCode);
        source.Block("public sealed class Json : global::System.Text.Json.Serialization.JsonSerializerContext, global::System.Text.Json.Serialization.Metadata.IJsonTypeInfoResolver", () =>
        {
            source.Lines("""
                /// <summary>Makes a context for options of its own.</summary>
                public Json()
                    : base(null)
                {
                }

                /// <summary>Makes a context for these options.</summary>
                public Json(global::System.Text.Json.JsonSerializerOptions options)
                    : base(options)
                {
                }

                /// <summary>The context with default options.</summary>
                public static Json Default { get; } = new(new global::System.Text.Json.JsonSerializerOptions());

                /// <inheritdoc/>
                protected override global::System.Text.Json.JsonSerializerOptions? GeneratedSerializerOptions => null;

                /// <inheritdoc/>
                public override global::System.Text.Json.Serialization.Metadata.JsonTypeInfo? GetTypeInfo(global::System.Type type) =>
                    Options.TryGetTypeInfo(type, out var info) ? info : null;

                /// <inheritdoc/>
                global::System.Text.Json.Serialization.Metadata.JsonTypeInfo? global::System.Text.Json.Serialization.Metadata.IJsonTypeInfoResolver.GetTypeInfo(global::System.Type type, global::System.Text.Json.JsonSerializerOptions options) =>
                    Create(type, options);

                """);
            source.Block("private static global::System.Text.Json.Serialization.Metadata.JsonTypeInfo? Create(global::System.Type type, global::System.Text.Json.JsonSerializerOptions options)", () =>
            {
                foreach (var type in table.Types)
                {
                    source.Block($"if (type == typeof({type.FullName}))", () =>
                        source.Line($"return global::System.Text.Json.Serialization.Metadata.JsonMetadataServices.CreateValueInfo<{type.FullName}>(options, new {ConverterNames.Of(type)}());"));
                    source.Line();
                }

                source.Line("return null;");
            });
        });
    }
}
