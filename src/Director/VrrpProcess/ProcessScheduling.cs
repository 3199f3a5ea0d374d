using Director.Linux;
using Director.Linux.Vrrp;

namespace Director.VrrpProcess;

/// <summary>
/// Has this process scheduled as it is told. What the kernel refuses is a line for the log, and goes on without. One thread.
/// </summary>
/// <param name="tell">Told what was refused.</param>
internal sealed class ProcessScheduling(Action<string> tell)
{
    private SchedulingSettings? _applied;

    /// <summary>Puts settings in force, unless they are.</summary>
    public void Apply(SchedulingSettings settings)
    {
        if (settings == _applied) return;
        var before = _applied;
        _applied = settings;
        if (settings.Nice is { } nice && RealTime.TryBeNice(nice) is { } notNice) tell($"VRRP has no priority of {nice}: {notNice}");
        if (settings.RealTimePriority != before?.RealTimePriority && RealTime.TryEnterWhole(settings.RealTimePriority) is { } notRealTime)
            tell($"VRRP has no real-time priority: {notRealTime}");
        if (settings.Processors.Count > 0) Pin(settings.Processors);
    }

    private void Pin(IReadOnlyList<int> processors)
    {
        try
        {
            ThreadPinning.PinProcess(processors);
        }
        catch (LinuxException refusal)
        {
            tell($"VRRP is not bound to its processors: {refusal.Message}");
        }
    }
}
