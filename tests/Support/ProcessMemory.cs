using System.Diagnostics;

namespace Director.Tests.Soak;

/// <summary>What a process holds of the machine's memory.</summary>
internal static class ProcessMemory
{
    /// <summary>Its resident pages, in MiB.</summary>
    public static long ResidentMiB(int processId)
    {
        using var process = Process.GetProcessById(processId);
        return process.WorkingSet64 >> 20;
    }
}
