namespace Director.VrrpProcess;

/// <summary>How the VRRP process is scheduled.</summary>
/// <param name="RealTimePriority">SCHED_RR, 1–99 (<c>vrrp_rt_priority</c>).</param>
/// <param name="Nice">−20 to 19, where real-time scheduling is not allowed (<c>vrrp_priority</c>); null leaves it.</param>
internal sealed record SchedulingSettings(byte RealTimePriority, int? Nice)
{
    /// <summary>The middle of the real-time priorities, under the kernel's own threads.</summary>
    public static SchedulingSettings Default { get; } = new(50, null);

    /// <summary>Processors that the process may run on (<c>vrrp_cpu_affinity</c>); empty for those that it was started on.</summary>
    public IReadOnlyList<int> Processors { get; init; } = [];

    /// <inheritdoc/>
    public bool Equals(SchedulingSettings? other) =>
        other is not null && RealTimePriority == other.RealTimePriority && Nice == other.Nice && Processors.SequenceEqual(other.Processors);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(RealTimePriority, Nice, Processors.Count);
}
