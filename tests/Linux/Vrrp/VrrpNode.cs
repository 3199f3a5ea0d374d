using Director.Lab.Namespaces;
using Director.Linux;
using Director.Linux.Vrrp;
using Director.Net;
using Director.Tests.Support;
using Director.Vrrp;
using Director.Vrrp.Ports;
using Director.Vrrp.Wire;

namespace Director.Tests.Linux.Vrrp;

/// <summary>A runner with one instance on the kernel's link, on a thread in a namespace.</summary>
internal sealed class VrrpNode : IVrrpObserver, IDisposable
{
    private const int Priority = 50; // as in the VRRP process

    private readonly WakeSignal _stop = new();
    private readonly NamespaceThread _thread;
    private readonly Lock _gate = new();
    private readonly List<string> _log = [];
    private volatile bool _stopping;

    private VrrpNode(NetworkNamespace where, VrrpInstanceSettings settings) => _thread = NamespaceThread.Start(where, () =>
    {
        using var link = new RawVrrpLink(MonotonicClock.Instance, Write);
        _ = RealTime.TryEnter(Priority);
        link.Watch(_stop.Handle);
        var runner = new VrrpRunner(link, NoSteering.Instance, this, MonotonicClock.Instance);
        runner.Configure([settings]);
        Counters = runner.Routers.Single().Counters;
        while (!_stopping)
        {
            link.Wait(runner.NextDeadline);
            runner.Turn();
        }

        runner.Shutdown();
    });

    /// <summary>To be read once it has stopped.</summary>
    public VrrpCounters Counters { get; private set; } = new();

    public static VrrpNode Start(NetworkNamespace where, VrrpInstanceSettings settings) => new(where, settings);

    public IReadOnlyList<string> Log
    {
        get
        {
            lock (_gate) return [.. _log];
        }
    }

    public bool HasLogged(string line) => Log.Contains(line);

    public void StateChanged(VrrpRouter router, in VrrpEffect report) => Write($"{report.State} {report.Reason}");

    public void GroupChanged(SyncGroup group) => Write($"{group.Settings.Name} {group.State}");

    public void Noticed(VrrpRouter router, in VrrpEffect notice) => Write($"{notice.Notice}");

    public void Rejected(VrrpRouter router, AdvertisementRejection reason, IpAddress128 source) => Write($"rejected {reason}");

    public void HeardRival(VrrpRouter router, in RivalMaster rival) => Write($"rival {rival.Source} {rival.Mac} {rival.Ignored}");

    public void HeardOtherChecksum(VrrpRouter router, ChecksumForm form, IpAddress128 source) => Write($"checksum {form}");

    public void HeardOtherAddresses(VrrpRouter router, IpAddress128 source) => Write("other addresses");

    public void HeardUnknown(byte virtualRouterId, IpAddress128 source) => Write($"unknown {virtualRouterId} {source}");

    public void Failed(VrrpRouter router, LinkFailure failure, IpAddress128 address) => Write($"failed {failure} {address}");

    /// <summary>Resigns and waits for the end.</summary>
    public void Stop()
    {
        _stopping = true;
        _stop.Signal();
        _thread.Join();
    }

    public void Dispose()
    {
        if (!_stopping) Stop();
        _stop.Dispose();
    }

    private void Write(string line)
    {
        lock (_gate) _log.Add(line);
    }
}
