using System.Text.Json.Serialization;
using Director.Reloading;

namespace Director.Admin;

/// <summary>What became of a reload, taken into force whole or refused whole; or what would become of it.</summary>
/// <param name="Applied">Whether the new configuration is in force.</param>
/// <param name="Plan">What changed, or would; empty if nothing does.</param>
/// <param name="Diagnostics">What was found in the files.</param>
internal sealed record ReloadAnswer(bool Applied, IReadOnlyList<PlanStep> Plan, IReadOnlyList<string> Diagnostics)
{
    /// <summary>Why it cannot be taken into force; empty if it can.</summary>
    public IReadOnlyList<string> Refusals { get; init; } = [];

    /// <summary>Of a reload, how it and those before went.</summary>
    public ReloadStatus? Status { get; init; }

    /// <summary>For the log: a mistake of ours that has refused it.</summary>
    [JsonIgnore]
    public Exception? Exception { get; init; }
}
