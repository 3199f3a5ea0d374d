using Director.Net;
using Director.Vrrp;
using Director.Vrrp.Ports;

namespace Director.Tests.Vrrp.Support;

/// <summary>
/// One router's interfaces in memory. What is done is written to <see cref="Log"/> if that is wanted; what is sent goes to <see
/// cref="OnSend"/>.
/// </summary>
internal sealed class SimulatedLink : IVrrpLink, ISteering
{
    private readonly List<string> _names = [];
    private readonly Queue<LinkEvent> _events = new();
    private readonly Queue<byte[]> _received = new();
    private readonly HashSet<(int, IpAddress128)> _addresses = [];
    private readonly Dictionary<int, LinkStatus> _statuses = [];

    public LinkStatus Status { get; private set; } = new(true, Some.Source);

    public List<string>? Log { get; init; }

    public List<IpAddress128> Leftovers { get; } = [];

    public Action<byte[]>? OnSend { get; set; }

    public Action? OnReceive { get; set; }

    public bool RefusesToSend { get; set; }

    public HashSet<IpAddress128> Armed { get; } = [];

    public IEnumerable<IpAddress128> Addresses => _addresses.Select(held => held.Item2);

    public IReadOnlyList<AdvertSubscription> Subscriptions { get; private set; } = [];

    public Dictionary<IpAddress128, MacAddress?> Senders { get; } = [];

    public int Waiting => _received.Count;

    public void Deliver(byte[] datagram) => _received.Enqueue(datagram);

    public void Forget()
    {
        _received.Clear();
        _events.Clear();
        _addresses.Clear();
        Armed.Clear();
    }

    public void Set(LinkStatus status)
    {
        Status = status;
        _events.Enqueue(new(0, default));
    }

    /// <summary>Of one interface; the others stay as they are.</summary>
    public void SetOne(int link, LinkStatus status)
    {
        _statuses[link] = status;
        _events.Enqueue(new(link, default));
    }

    public void Set(LinkStatus status, string name) => SetOne(Open(name), status);

    public int OpenVmac(string parent, VmacSettings settings, bool isV4)
    {
        Log?.Add($"open {settings.Name} on {parent}");
        return Open(settings.Name);
    }

    public void CloseVmac(int link) => Log?.Add($"close {_names[link]}");

    public void TakeAway(IpAddress128 address)
    {
        _addresses.Remove((0, address));
        _events.Enqueue(new(0, address));
    }

    public int Open(string interfaceName)
    {
        if (!_names.Contains(interfaceName)) _names.Add(interfaceName);
        return _names.IndexOf(interfaceName);
    }

    public void SetVirtualAddresses(IReadOnlySet<IpAddress128> addresses)
    {
    }

    public LinkStatus StatusOf(int link) => _statuses.TryGetValue(link, out var status) ? status : Status;

    public IReadOnlyList<IpAddress128> RemoveLeftovers()
    {
        foreach (var address in Leftovers) Log?.Add($"clean {address}");
        return Leftovers;
    }

    public void Wait(MonoTime deadline) => throw new NotSupportedException("the simulation turns its routers itself");

    public bool TryReadEvent(out LinkEvent changed) => _events.TryDequeue(out changed);

    public bool Receive(ReceivedDatagrams datagrams)
    {
        OnReceive?.Invoke();
        while (!datagrams.IsFull && _received.TryDequeue(out var datagram))
        {
            datagram.AsSpan(0, Math.Min(datagram.Length, VrrpLimits.DatagramSize)).CopyTo(datagrams.Free);
            datagrams.Append(0, datagram.Length);
        }

        return _received.Count == 0;
    }

    public void Listen(IReadOnlyList<AdvertSubscription> subscriptions) => Subscriptions = subscriptions;

    public long TakeRouted(in AdvertSubscription subscription) => subscription.VirtualRouterId;

    public long TakeUnknown() => 1000;

    public MacAddress? SenderOf(in AdvertSubscription subscription, IpAddress128 source) => Senders.GetValueOrDefault(source);

    public bool Send(int link, IpAddress128 destination, ReadOnlySpan<byte> datagram)
    {
        if (RefusesToSend) return false;
        var priority = datagram[datagram[0] >> 4 == 6 ? 42 : 22];
        if (Log is not null) Log.Add(destination.IsMulticast ? $"advertise {priority}" : $"advertise {priority} to {destination}");
        if (OnSend is not null) OnSend(datagram.ToArray());
        return true;
    }

    public bool AddAddress(int link, VirtualAddress address)
    {
        Log?.Add($"add {address.Address}/{address.PrefixLength} {_names[link]}");
        _addresses.Add((link, address.Address));
        return true;
    }

    public bool RemoveAddress(int link, VirtualAddress address)
    {
        Log?.Add($"remove {address.Address}");
        // As the kernel does, also for a removal of one's own.
        if (_addresses.Remove((link, address.Address))) _events.Enqueue(new(link, address.Address));
        return true;
    }

    public bool HasAddress(int link, IpAddress128 address) => _addresses.Contains((link, address));

    public bool Announce(int link, IpAddress128 address)
    {
        Log?.Add($"announce {address}");
        return true;
    }

    public bool Arm(IpAddress128 address)
    {
        Log?.Add($"arm {address}");
        Armed.Add(address);
        return true;
    }

    public bool Disarm(IpAddress128 address)
    {
        Log?.Add($"disarm {address}");
        Armed.Remove(address);
        return true;
    }
}
