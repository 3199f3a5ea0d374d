namespace Director.Linux.Bpf;

/// <summary>What to do when bpf(2) says no.</summary>
internal static class BpfRefusal
{
    /// <summary>For a process without the right (EPERM), which is by far the most frequent reason.</summary>
    public const string Remedy =
        "run as root or with CAP_BPF, CAP_PERFMON, CAP_NET_ADMIN and CAP_NET_RAW (AmbientCapabilities= of the unit); "
        + "in a container the seccomp profile must allow bpf(2)";
}
