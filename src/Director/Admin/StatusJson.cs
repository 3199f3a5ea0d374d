using System.Text.Json.Serialization;

namespace Director.Admin;

/// <summary>The JSON shapes of the admin API's answers: camel case, indented, no reflection.</summary>
[JsonSerializable(typeof(StatusDocument))]
[JsonSerializable(typeof(IReadOnlyList<ServiceStatus>))]
[JsonSerializable(typeof(ConnectionStatus))]
[JsonSerializable(typeof(ReloadAnswer))]
[JsonSerializable(typeof(ConfigFileSet))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
internal sealed partial class StatusJson : JsonSerializerContext;
