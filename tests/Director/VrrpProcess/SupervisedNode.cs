using Director.Hosting;
using Director.Lab.Namespaces;
using Director.Linux;
using Director.Net;
using Director.Tests.Support;
using Director.VrrpProcess;

namespace Director.Tests.VrrpProcess;

/// <summary>A supervisor with a real child in a namespace, and what it reported.</summary>
internal sealed class SupervisedNode : IDisposable
{
    private readonly VrrpSupervisor _supervisor = new(VrrpCommand.OfThisProgram());
    private readonly Lock _gate = new();
    private readonly List<VrrpReport> _reports = [];
    private readonly Task _reader;
    private readonly Heart _heart;
    private volatile bool _beating = true;
    private MonoTime _stoodStillAt = MonoTime.Never;

    public SupervisedNode(NetworkNamespace where, VrrpProcessSettings settings)
    {
        NamespaceThread.Run(where, () => _supervisor.Start(settings));
        _reader = Task.Run(async () =>
        {
            await foreach (var report in _supervisor.Reports.ReadAllAsync())
            {
                lock (_gate) _reports.Add(report);
            }
        });
        _heart = new(() =>
        {
            var served = _stoodStillAt.IsNever ? MonotonicClock.Instance.Now : _stoodStillAt;
            if (_beating) _supervisor.Heartbeat(served, ControlLimits.ShortestStall);
            var interval = StallPatience.ShortestInterval(settings.Instances);
            return StallPatience.HeartbeatsOf(StallPatience.Of(interval, ControlLimits.ShortestStall));
        });
    }

    /// <summary>Forwards no more, but lives on and says so; returns since when.</summary>
    public MonoTime StandStill() => _stoodStillAt = MonotonicClock.Instance.Now;

    public bool Beats
    {
        set => _beating = value;
    }

    public IReadOnlyList<VrrpReport> Reports
    {
        get
        {
            lock (_gate) return [.. _reports];
        }
    }

    public string Picture => string.Join('\n', Reports);

    public int ChildId => Reports.OfType<VrrpProcessReport>().Last(report => report.IsRunning).ProcessId;

    public VrrpSupervisor Supervisor => _supervisor;

    /// <summary>The last state that was reported.</summary>
    public VrrpStateReport? State => Reports.OfType<VrrpStateReport>().LastOrDefault();

    public int Count<TReport>(Func<TReport, bool> which)
        where TReport : VrrpReport => Reports.OfType<TReport>().Count(which);

    public void Stop() => _supervisor.StopAsync().GetAwaiter().GetResult();

    public void Dispose()
    {
        _heart.Dispose();
        Stop();
        _reader.Wait();
    }
}
