namespace Director.Config.Binder;

/// <summary>How a process is scheduled, in the making.</summary>
internal sealed class ProcessDraft
{
    public int? RealTimePriority { get; set; }

    public int? Nice { get; set; }

    public SortedSet<int> Processors { get; } = [];

    public ProcessConfig Complete() => new(RealTimePriority, Nice, [.. Processors]);
}
