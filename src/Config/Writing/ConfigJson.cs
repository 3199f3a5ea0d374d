using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Director.Net;

namespace Director.Config;

/// <summary>
/// The model as JSON, all defaults filled in. It is made by reflection over the model, so no property can be forgotten: all that can be
/// set is there, in camel case; times are seconds, addresses and locations text.
/// </summary>
public static class ConfigJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { KeepWhatIsSet, KeepKinds } },
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new TimeConverter(),
            new TextConverter<IpAddress128>(), new TextConverter<Endpoint>(), new TextConverter<ServiceKey>(),
            new TextConverter<MacAddress>(), new TextConverter<SourceLocation>(),
        },
    };

    /// <summary>The JSON of a model, ended by a line feed. Passwords are in it.</summary>
    public static string Write(DirectorConfig config) => JsonSerializer.Serialize(config, Options) + "\n";

    /// <summary>The same as a tree.</summary>
    public static JsonNode ToNode(DirectorConfig config) => JsonSerializer.SerializeToNode(config, Options)!;

    /// <summary>The names of the properties of a type of the model, for the test that none is missing.</summary>
    internal static IEnumerable<string> PropertiesOf(Type type) => Options.GetTypeInfo(type).Properties.Select(property => property.Name);

    /// <summary>What follows from other properties is not said twice; the kind of a check is.</summary>
    private static void KeepWhatIsSet(JsonTypeInfo type)
    {
        for (var i = type.Properties.Count - 1; i >= 0; i--)
        {
            var property = type.Properties[i];
            var isKind = property.AttributeProvider is System.Reflection.PropertyInfo { Name: nameof(CheckConfig.Keyword) };
            if (property.AttributeProvider is System.Reflection.PropertyInfo { CanWrite: false } && !isKind) type.Properties.RemoveAt(i);
        }
    }

    /// <summary>A check has the properties of its kind.</summary>
    private static void KeepKinds(JsonTypeInfo type)
    {
        if (type.Type != typeof(CheckConfig)) return;
        type.PolymorphismOptions = new();
        var kinds = typeof(CheckConfig).Assembly.GetTypes().Where(kind => !kind.IsAbstract && kind.IsSubclassOf(type.Type));
        foreach (var kind in kinds) type.PolymorphismOptions.DerivedTypes.Add(new(kind));
    }

    /// <summary>What a value writes itself as.</summary>
    private sealed class TextConverter<T> : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value!.ToString());
    }

    /// <summary>Seconds.</summary>
    private sealed class TimeConverter : JsonConverter<TimeSpan>
    {
        public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
            writer.WriteNumberValue((decimal)value.Ticks / TimeSpan.TicksPerSecond);
    }
}
