using System.Runtime.InteropServices;
using Director.Lab.Client;
using Director.Net;

namespace Director.LoadTest.Engine;

/// <summary>
/// The machine's own clock. It sleeps by usleep(3), as the class library's sleeps are whole milliseconds, and a user who begins half a
/// millisecond late has a latency of half a millisecond.
/// </summary>
internal sealed class MachineTimeline : ITimeline
{
    /// <inheritdoc/>
    public MonoTime Now => LabClock.Shared.Now;

    /// <inheritdoc/>
    public void SleepUntil(MonoTime instant)
    {
        if (instant - Now is var left && left > TimeSpan.Zero) _ = Sleep((uint)left.TotalMicroseconds);
    }

    [DllImport("libc", EntryPoint = "usleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sleep(uint microseconds);
}
