using System.Text.Json.Serialization;

namespace Director.Admin;

/// <summary>The JSON shape of <see cref="StatusDocument"/>: camel case, indented, no reflection.</summary>
[JsonSerializable(typeof(StatusDocument))]
[JsonSerializable(typeof(ReloadAnswer))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
internal sealed partial class StatusJson : JsonSerializerContext;
