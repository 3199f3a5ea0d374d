using Director.Config.Syntax;

namespace Director.Config.Binder;

/// <summary>A <c>vrrp_track_file</c> in the making; null is what was not written.</summary>
internal sealed class TrackFileDraft(string name, Statement header)
{
    public string Name => name;

    public Statement Header => header;

    public string? Path { get; set; }

    public WeightDraft Weight { get; } = new();

    public int? InitialValue { get; set; }

    public bool Overwrites { get; set; }
}
