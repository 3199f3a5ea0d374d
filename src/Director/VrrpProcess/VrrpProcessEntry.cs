using System.Runtime.InteropServices;
using Director.Linux;
using Director.Linux.Bfd;
using Director.Linux.Vrrp;
using Director.Net;
using Director.Vrrp;

namespace Director.VrrpProcess;

/// <summary>
/// Where the VRRP process begins: <c>director vrrp --control-fd N</c>, started by <see cref="VrrpSupervisor"/> and by nobody else.
/// </summary>
internal static class VrrpProcessEntry
{
    /// <summary>
    /// Runs until the main process ends or asks for it, or SIGTERM; then resigns and returns the exit code. Ctrl-C and a hang-up reach the
    /// main process too, which asks in its own time.
    /// </summary>
    /// <param name="controlDescriptor">The inherited end of the control socket.</param>
    public static int Run(int controlDescriptor)
    {
        using var control = new ControlSocket(controlDescriptor);
        control.SetInheritable(false);
        var clock = MonotonicClock.Instance;
        var reporter = new ChildReporter(control, clock);
        using var wake = new WakeSignal();
        var terminated = false;
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            Volatile.Write(ref terminated, true);
            wake.Signal();
        });
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => context.Cancel = true);
        using var quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, context => context.Cancel = true);
        try
        {
            using var link = new RawVrrpLink(clock, reporter.LinkProblem);
            link.Watch(control.Handle);
            link.Watch(wake.Handle);
            using var bfdLink = new UdpBfdLink(link.Watch, reporter.LinkProblem);
            var scheduling = new ProcessScheduling(refusal => reporter.Line(false, refusal));
            using var child = new VrrpChild(
                link, bfdLink, control, reporter, scheduling, clock, (ulong)Random.Shared.NextInt64());
            VrrpRehearsal.Run();
            RehearseAddresses(clock);
            BfdRehearsal.Run();
            if (RealTime.TryLockMemory() is { } notLocked) reporter.Line(false, $"VRRP may be paged out: {notLocked}");
            scheduling.Apply(SchedulingSettings.Default);
            GC.Collect();
            try
            {
                while (!Volatile.Read(ref terminated) && child.Turn()) link.Wait(child.NextDeadline);
            }
            finally
            {
                child.Resign();
            }

            return ExitCodes.Success;
        }
        catch (Exception error)
        {
            // Whatever it is, peers have been told and the addresses are gone; main starts the process anew.
            reporter.Line(true, $"VRRP process failed: {(error is LinuxException ? error.Message : error.ToString())}");
            return ExitCodes.Internal;
        }
    }

    /// <summary>
    /// Has the kernel refuse addresses whose prefixes cannot be, so that nothing of a first mastership waits for the compiler.
    /// </summary>
    private static void RehearseAddresses(MonotonicClock clock)
    {
        using var link = new RawVrrpLink(clock, _ => { });
        var loopback = link.Open("lo");
        foreach (var address in new VirtualAddress[] { new(IpAddress128.Parse("127.0.0.2"), 33), new(IpAddress128.Parse("::2"), 129) })
        {
            _ = link.AddAddress(loopback, address);
            _ = link.RemoveAddress(loopback, address);
            _ = link.Announce(loopback, address.Address);
        }
    }
}
