using Director.Linux.Netlink;
using Director.Net;
using Director.Vrrp.Ports;

namespace Director.Linux.Vrrp;

/// <summary>An interface that virtual routers use, by its name: it may be missing, go, and come back with another index.</summary>
internal sealed class WatchedLink : IDisposable
{
    private readonly Action<string> _onProblem;
    private LinkFlags _flags;

    /// <summary>An interface that is not known to exist.</summary>
    public WatchedLink(string name, Action<string> onProblem) => (Name, _onProblem) = (name, onProblem);

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its index; 0 while it is missing.</summary>
    public int Index { get; private set; }

    /// <summary>Its Ethernet address.</summary>
    public MacAddress Mac { get; private set; }

    /// <summary>Its first IPv4 address that is no virtual one; unspecified if none.</summary>
    public IpAddress128 Source { get; set; }

    /// <summary>Its socket; null while it is missing or the kernel refuses one.</summary>
    public AdvertSocket? Socket { get; private set; }

    /// <summary>Whether frames can be sent for addresses on it: not on one without ARP.</summary>
    public bool HasArp => (_flags & (LinkFlags.NoArp | LinkFlags.Loopback)) == 0;

    /// <summary>What announcements out of it are sent with.</summary>
    public AnnouncementSource Announces => new(Index, Name, Mac, HasArp, IsRouter: false);

    /// <summary>What routers are told.</summary>
    public LinkStatus Status =>
        new(Socket is not null && (_flags & (LinkFlags.Up | LinkFlags.Running)) == (LinkFlags.Up | LinkFlags.Running), Source);

    /// <summary>Takes what the kernel says of the interface of this name.</summary>
    public void Update(LinkEntry entry)
    {
        if (entry.Index != Index) Detach();
        (Index, Mac, _flags) = (entry.Index, entry.Address, entry.Flags);
        if (Socket is not null) return;
        try
        {
            Socket = new(Index, Name);
        }
        catch (LinuxException refusal)
        {
            _onProblem(refusal.Message);
        }
    }

    /// <summary>The interface is missing from now on.</summary>
    public void Detach()
    {
        Socket?.Dispose();
        (Socket, Index, Mac, _flags, Source) = (null, 0, default, default, default);
    }

    /// <inheritdoc/>
    public void Dispose() => Detach();
}
