using System.Text.Json.Serialization;

namespace Nagare.Generators.Tests.Codecs;

/// <summary>System.Text.Json's own generator on the same records with the same naming: what the codecs are measured against.</summary>
/// <remarks>By metadata, because its fast path writes a byte array that is null as an empty string.</remarks>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, IgnoreReadOnlyProperties = true, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Everything.Integers))]
[JsonSerializable(typeof(Everything.Fractions))]
[JsonSerializable(typeof(Everything.Texts))]
[JsonSerializable(typeof(Everything.Times))]
[JsonSerializable(typeof(Everything.Blobs))]
[JsonSerializable(typeof(Everything.Nullables))]
[JsonSerializable(typeof(Everything.Lists))]
[JsonSerializable(typeof(Everything.Maps))]
[JsonSerializable(typeof(Everything.Nested))]
[JsonSerializable(typeof(Everything.Flagged))]
[JsonSerializable(typeof(Everything.Defaults))]
[JsonSerializable(typeof(Everything.Renamed))]
[JsonSerializable(typeof(Everything.Empty))]
internal sealed partial class ReferenceJson : JsonSerializerContext;
