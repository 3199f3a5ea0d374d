using Director.Linux.Netlink;
using Director.Net;
using Director.Vrrp.Ports;

namespace Director.Linux.Vrrp;

/// <summary>An interface that virtual routers use, by its name: it may be missing, go, and come back with another index.</summary>
internal sealed class WatchedLink : IDisposable
{
    // The kernel doubles it.
    private const long MostReceiveBuffer = int.MaxValue / 2;

    private readonly Action<string> _onProblem;
    private readonly Func<AdvertSelector, AdvertFilter?> _filterFor;
    private readonly List<AdvertReceiver> _receivers = [];
    private IReadOnlyList<AdvertSubscription> _subscriptions = [];
    private AdvertSender? _senderV4;
    private AdvertSender? _senderV6;
    private LinkFlags _flags;
    private int _mtu;

    /// <summary>An interface that is not known to exist.</summary>
    public WatchedLink(string name, Func<AdvertSelector, AdvertFilter?> filterFor, Action<string> onProblem) =>
        (Name, _filterFor, _onProblem) = (name, filterFor, onProblem);

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its index; 0 while it is missing.</summary>
    public int Index { get; private set; }

    /// <summary>Its Ethernet address.</summary>
    public MacAddress Mac { get; private set; }

    /// <summary>Its first IPv4 address that is no virtual one; unspecified if none.</summary>
    public IpAddress128 Source { get; set; }

    /// <summary>Its first usable link-local IPv6 address that is no virtual one; unspecified if none.</summary>
    public IpAddress128 LinkLocal { get; set; }

    /// <summary>The sockets that adverts come by; none while it is missing.</summary>
    public IReadOnlyList<AdvertReceiver> Receivers => _receivers;

    /// <summary>Whether it exists and the kernel has refused none of the sockets that are wanted.</summary>
    public bool IsListening { get; private set; }

    /// <summary>Whether it is another interface than the one of this name that is wanted, and so is none.</summary>
    public bool IsRefused { get; set; }

    /// <summary>
    /// The interface below one for a virtual MAC address, which reports the groups in its place; null for any other interface.
    /// </summary>
    public WatchedLink? Below { get; set; }

    /// <summary>Whether frames can be sent for addresses on it: not on one without ARP.</summary>
    public bool HasArp => (_flags & (LinkFlags.NoArp | LinkFlags.Loopback)) == 0;

    /// <summary>What announcements out of it are sent with.</summary>
    public AnnouncementSource Announces => new(Index, Name, Mac, HasArp, IsRouter: false);

    /// <summary>What routers are told.</summary>
    public LinkStatus Status =>
        new(IsListening && !IsRefused && (_flags & (LinkFlags.Up | LinkFlags.Running)) == (LinkFlags.Up | LinkFlags.Running),
            Source, LinkLocal, Index == 0 ? 0 : _mtu);

    /// <summary>What adverts of a family go out by; null while it is missing, or if nobody here speaks that family.</summary>
    public AdvertSender? SenderOf(bool isV6) => isV6 ? _senderV6 : _senderV4;

    /// <summary>The socket that receives such adverts; null if there is none.</summary>
    public AdvertReceiver? ReceiverOf(AdvertSelector selector)
    {
        foreach (var receiver in _receivers)
        {
            if (receiver.Selector == selector) return receiver;
        }

        return null;
    }

    /// <summary>Takes what the kernel says of the interface of this name.</summary>
    public void Update(LinkEntry entry)
    {
        if (entry.Index != Index) Detach();
        (Index, Mac, _flags, _mtu) = (entry.Index, entry.Address, entry.Flags, entry.Mtu);
        OpenSockets();
    }

    /// <summary>Listens for exactly these, which are all of this interface, now and whenever it is there.</summary>
    public void Listen(IReadOnlyList<AdvertSubscription> subscriptions)
    {
        _subscriptions = subscriptions;
        for (var i = _receivers.Count - 1; i >= 0; i--)
        {
            if (subscriptions.Any(subscription => subscription.Selector == _receivers[i].Selector)) continue;
            _receivers[i].Dispose();
            _receivers.RemoveAt(i);
        }

        OpenSockets();
        foreach (var receiver in _receivers) Interest(receiver);
    }

    /// <summary>Opens what is wanted and not there; says so if the kernel refuses.</summary>
    public void OpenSockets()
    {
        if (Index == 0) return;
        IsListening = true;
        foreach (var subscription in _subscriptions)
        {
            if (ReceiverOf(subscription.Selector) is not null) continue;
            try
            {
                OpenSender(subscription.Selector.IsV6);
                var buffer = Math.Min(MostReceiveBuffer, _subscriptions.Where(other => other.Selector == subscription.Selector)
                    .Sum(other => (long)other.ReceiveBufferSize));
                _receivers.Add(new(subscription.Selector, Index, Name, Below?.Index ?? 0, (int)buffer, _filterFor(subscription.Selector)));
                Interest(_receivers[^1]);
            }
            catch (LinuxException refusal)
            {
                IsListening = false;
                _onProblem(refusal.Message);
                return;
            }
        }
    }

    /// <summary>The interface is missing from now on.</summary>
    public void Detach()
    {
        foreach (var receiver in _receivers) receiver.Dispose();
        _receivers.Clear();
        _senderV4?.Dispose();
        _senderV6?.Dispose();
        (_senderV4, _senderV6, IsListening) = (null, null, false);
        (Index, Mac, _flags, Source, LinkLocal) = (0, default, default, default, default);
        IsRefused = false;
    }

    /// <inheritdoc/>
    public void Dispose() => Detach();

    private void OpenSender(bool isV6)
    {
        if (isV6) _senderV6 ??= new(true, Index, Name);
        else _senderV4 ??= new(false, Index, Name);
    }

    /// <summary>Tells the filter which virtual routers' adverts are wanted.</summary>
    private void Interest(AdvertReceiver receiver)
    {
        if (receiver.Filter is not { } filter) return;
        var own = _subscriptions.Where(subscription => subscription.Selector == receiver.Selector).ToList();
        var others = own.Exists(subscription => subscription.WantsUnknown) ? AdvertInterest.Few : AdvertInterest.None;
        for (var id = 0; id <= byte.MaxValue; id++)
            filter.Set((byte)id, own.Exists(subscription => subscription.VirtualRouterId == id) ? AdvertInterest.All : others);
    }
}
