using System.Text.Json.Serialization;

namespace Director.Commands;

/// <summary>The JSON of what commands print: camel case, indented, no reflection.</summary>
[JsonSerializable(typeof(CheckReport))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, RespectNullableAnnotations = true)]
internal sealed partial class ReportJson : JsonSerializerContext;
