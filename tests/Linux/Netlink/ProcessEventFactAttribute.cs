using Director.Linux;
using Director.Linux.Netlink;

namespace Director.Tests.Linux.Netlink;

/// <summary>A test that needs the kernel to tell of processes, which it does as root in the first network and process namespace.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProcessEventFactAttribute : FactAttribute
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public ProcessEventFactAttribute()
    {
        try
        {
            using var monitor = new ProcessMonitor();
            Waiting.ForReading(monitor.Handle, -1, Patience);
            if (!monitor.TryRead(out _)) Skip = "the kernel does not tell of processes here: not the first network or process namespace";
        }
        catch (LinuxException refusal)
        {
            Skip = $"the kernel does not tell of processes here: {refusal.Message}";
        }
    }
}
