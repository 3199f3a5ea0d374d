using System.Diagnostics;

namespace Director.Tests.Support;

/// <summary>What a process holds of the machine's memory.</summary>
internal static class ProcessMemory
{
    /// <summary>Its resident pages, in bytes.</summary>
    public static long Resident(int processId)
    {
        using var process = Process.GetProcessById(processId);
        return process.WorkingSet64;
    }

    /// <summary>The same in MiB.</summary>
    public static long ResidentMiB(int processId) => Resident(processId) >> 20;
}
