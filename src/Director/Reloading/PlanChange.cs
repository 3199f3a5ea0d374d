using System.Text.Json.Serialization;

namespace Director.Reloading;

/// <summary>What becomes of an object.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PlanChange>))]
internal enum PlanChange
{
    /// <summary>It is new.</summary>
    Added,

    /// <summary>It says something else.</summary>
    Changed,

    /// <summary>It goes.</summary>
    Removed,
}
