using Director.Config.Syntax;

namespace Director.Config.Binder;

/// <summary>A <c>vrrp_track_process</c> in the making; null is what was not written.</summary>
internal sealed class TrackProcessDraft(string name, Statement header)
{
    public string Name => name;

    public Statement Header => header;

    public string? Process { get; set; }

    public IReadOnlyList<string> Parameters { get; set; } = [];

    public ParameterMatchConfig? ParameterMatch { get; set; }

    public WeightDraft Weight { get; } = new();

    public int? Quorum { get; set; }

    public int? QuorumMax { get; set; }

    public TimeSpan? ForkDelay { get; set; }

    public TimeSpan? TerminateDelay { get; set; }

    public bool IsFullCommand { get; set; }
}
