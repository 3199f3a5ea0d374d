using Director.Lab.Namespaces;
using Director.Linux.Netlink;
using Director.Net;
using Director.Tests.Support;

namespace Director.Tests.Interop;

/// <summary>When a machine's addresses came and went, and its device's carrier, as its kernel told.</summary>
internal sealed class MachineWatch : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private readonly Lock _gate = new();
    private readonly List<(DateTime At, IpAddress128 Address, bool Added)> _addresses = [];
    private readonly List<(DateTime At, bool Operational)> _carriers = [];
    private readonly NamespaceThread _thread;
    private readonly ManualResetEventSlim _listening = new();
    private volatile bool _stopping;

    public MachineWatch(NetworkNamespace machine, string device)
    {
        _thread = NamespaceThread.Start(machine, () =>
        {
            using var monitor = new RouteMonitor(RouteGroups.Links | RouteGroups.Addresses);
            _listening.Set();
            while (!_stopping)
            {
                if (!monitor.Wait(Look)) continue;
                while (monitor.TryRead(out var change)) Keep(change, device);
            }
        });
        _listening.Wait();
    }

    /// <summary>Whether an address was taken away since an instant.</summary>
    public DateTime? Removed(string address, DateTime since) => First(address, since, false);

    /// <summary>When an address was put there, first since an instant.</summary>
    public DateTime? Added(string address, DateTime since) => First(address, since, true);

    /// <summary>When the device became able, or unable, to carry packets, first since an instant.</summary>
    public DateTime? Carrier(bool operational, DateTime since)
    {
        lock (_gate)
        {
            return _carriers.Where(change => change.At >= since && change.Operational == operational)
                .Select(change => (DateTime?)change.At).FirstOrDefault();
        }
    }

    public void Dispose()
    {
        _stopping = true;
        _thread.Join();
        _listening.Dispose();
    }

    private DateTime? First(string address, DateTime since, bool added)
    {
        var wanted = IpAddress128.Parse(address);
        lock (_gate)
        {
            return _addresses.Where(change => change.At >= since && change.Address == wanted && change.Added == added)
                .Select(change => (DateTime?)change.At).FirstOrDefault();
        }
    }

    private void Keep(in RouteChange change, string device)
    {
        var now = DateTime.UtcNow;
        lock (_gate)
        {
            switch (change.Kind)
            {
                case RouteChangeKind.AddressSet or RouteChangeKind.AddressRemoved:
                    _addresses.Add((now, change.Address.Address, change.Kind == RouteChangeKind.AddressSet));
                    break;
                case RouteChangeKind.LinkSet when change.Link!.Name == device:
                    _carriers.Add((now, change.Link.IsOperational));
                    break;
            }
        }
    }
}
