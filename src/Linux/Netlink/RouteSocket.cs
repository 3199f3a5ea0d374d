using System.Globalization;
using Director.Linux.Abi;
using Director.Net;
using Tmds.Linux;
using static Director.Linux.Abi.NetlinkAbi;
using static Director.Linux.Abi.RouteAbi;

namespace Director.Linux.Netlink;

/// <summary>
/// Asks the kernel about links, addresses, neighbours and routes, and changes them (rtnetlink(7)), in the network namespace that the
/// opening thread is in. Every call is one system call or two and never waits for the network. One thread at a time.
/// </summary>
/// <remarks>
/// Reading needs no privilege; changing needs CAP_NET_ADMIN. A refusal carries the kernel's own sentence where it gives one
/// (extended acknowledgement).
/// </remarks>
public sealed partial class RouteSocket : IDisposable
{
    private const string NeedsNetAdmin = "run with CAP_NET_ADMIN";

    private readonly NetlinkSocket _socket = new();
    private readonly byte[] _request = new byte[NetlinkLimits.RequestSize];
    private uint _sequence;

    /// <summary>Opens the socket.</summary>
    /// <exception cref="LinuxException">The process has no descriptors left.</exception>
    public RouteSocket()
    {
        // Comforts of Linux 4.12, 4.3 and 4.20; without them answers only say less, or more than was asked for.
        _ = _socket.TrySetOption(LibC.SOL_NETLINK, NETLINK_EXT_ACK, 1);
        _ = _socket.TrySetOption(LibC.SOL_NETLINK, NETLINK_CAP_ACK, 1);
        _ = _socket.TrySetOption(LibC.SOL_NETLINK, NETLINK_GET_STRICT_CHK, 1);
    }

    private delegate void Sink<T>(ReadOnlySpan<byte> payload, List<T> entries);

    /// <summary>All links.</summary>
    /// <exception cref="LinuxException">The kernel refused.</exception>
    public IReadOnlyList<LinkEntry> DumpLinks() =>
        Dump<LinkEntry>(LinkMessage.WriteDump(_request, ++_sequence), "RTM_GETLINK", RTM_NEWLINK, static (payload, links) =>
        {
            if (LinkMessage.TryParse(payload, out var link)) links.Add(link);
        });

    /// <summary>All addresses of both families.</summary>
    /// <exception cref="LinuxException">The kernel refused.</exception>
    public IReadOnlyList<AddressEntry> DumpAddresses() =>
        Dump<AddressEntry>(AddressMessage.WriteDump(_request, ++_sequence), "RTM_GETADDR", RTM_NEWADDR, static (payload, addresses) =>
        {
            if (AddressMessage.TryParse(payload, out var address)) addresses.Add(address);
        });

    /// <summary>All neighbours of both families.</summary>
    /// <exception cref="LinuxException">The kernel refused.</exception>
    public IReadOnlyList<NeighbourEntry> DumpNeighbours() =>
        Dump<NeighbourEntry>(NeighbourMessage.WriteDump(_request, ++_sequence), "RTM_GETNEIGH", RTM_NEWNEIGH, static (payload, entries) =>
        {
            if (NeighbourMessage.TryParse(payload, out var neighbour)) entries.Add(neighbour);
        });

    /// <summary>How the kernel would send a packet to <paramref name="destination"/>; null if it would not.</summary>
    /// <exception cref="LinuxException">The kernel refused to answer.</exception>
    public RouteEntry? FindRoute(IpAddress128 destination)
    {
        RouteEntry? found = null;
        var error = Exchange(RouteMessage.WriteGet(_request, ++_sequence, destination), RTM_NEWROUTE, payload =>
        {
            if (RouteMessage.TryParse(payload, destination, out var route)) found = route;
        });
        return error switch
        {
            { Errno: 0 } => found,
            // No route at all; then what unreachable, prohibit and blackhole routes answer. The kernel says EINVAL of a wrong request too,
            // but then with a sentence.
            { Errno: Errno.ENETUNREACH or Errno.EHOSTUNREACH or Errno.EACCES } or { Errno: Errno.EINVAL, Text: null } => null,
            _ => throw Refusal("RTM_GETROUTE", destination.ToString(), error, null),
        };
    }

    /// <summary>What the kernel knows about a neighbour; null if nothing.</summary>
    /// <exception cref="LinuxException">The kernel refused to answer, such as ENODEV if the link is gone.</exception>
    public NeighbourEntry? FindNeighbour(int linkIndex, IpAddress128 address)
    {
        NeighbourEntry? found = null;
        var error = Exchange(NeighbourMessage.WriteGet(_request, ++_sequence, linkIndex, address), RTM_NEWNEIGH, payload =>
        {
            if (NeighbourMessage.TryParse(payload, out var neighbour)) found = neighbour;
        });
        return error.Errno switch
        {
            0 => found,
            Errno.ENOENT => null,
            _ => throw Refusal("RTM_GETNEIGH", Subject(address, linkIndex), error, null),
        };
    }

    /// <summary>
    /// Sees to it that a link has an address. One that is there already, with the same prefix length, is brought up to date: its mark,
    /// broadcast and lifetimes become those given.
    /// </summary>
    /// <returns>True if it was added, false if it was there.</returns>
    /// <exception cref="LinuxException">
    /// The kernel refused: no privilege, no such link, IPv6 switched off on it, a wrong prefix length.
    /// </exception>
    public bool AddAddress(AddressEntry address)
    {
        var error = Exchange(AddressMessage.WriteAdd(_request, ++_sequence, NLM_F_EXCL, address));
        if (error.Errno == 0) return true;
        if (error.Errno == Errno.EEXIST) error = Exchange(AddressMessage.WriteAdd(_request, ++_sequence, NLM_F_REPLACE, address));
        return error.Errno == 0 ? false : throw Refusal("RTM_NEWADDR", Subject(address, address.LinkIndex), error, NeedsNetAdmin);
    }

    /// <summary>Sees to it that a link has an address with this prefix length no longer. A link that is gone has none.</summary>
    /// <returns>True if it was removed, false if it was not there.</returns>
    /// <exception cref="LinuxException">The kernel refused: no privilege.</exception>
    public bool RemoveAddress(AddressEntry address)
    {
        var error = Exchange(AddressMessage.WriteRemove(_request, ++_sequence, address));
        return error.Errno switch
        {
            0 => true,
            Errno.EADDRNOTAVAIL or Errno.ENODEV => false,
            _ => throw Refusal("RTM_DELADDR", Subject(address, address.LinkIndex), error, NeedsNetAdmin),
        };
    }

    /// <summary>
    /// Makes the kernel find out a neighbour's Ethernet address, as if it had a packet for it, and keep confirming it without traffic
    /// (Linux 5.16 and later; on older kernels this must be repeated). Returns before the answer comes: see <see cref="RouteMonitor"/>.
    /// An entry that was set by hand is left alone.
    /// </summary>
    /// <param name="linkIndex">The link that the neighbour is on.</param>
    /// <param name="address">Its IP address.</param>
    /// <param name="keepFresh">False: only once, and an entry that was kept fresh no longer is.</param>
    /// <exception cref="LinuxException">The kernel refused: no privilege, no such link, the neighbour table is full.</exception>
    public void ProbeNeighbour(int linkIndex, IpAddress128 address, bool keepFresh = true)
    {
        // The kernel takes the mark "permanent" off an entry that is probed (Linux net/core/neighbour.c, __neigh_update).
        if (FindNeighbour(linkIndex, address) is { State: NeighbourState.Permanent or NeighbourState.NoArp }) return;
        var error = Exchange(NeighbourMessage.WriteProbe(_request, ++_sequence, linkIndex, address, keepFresh));
        if (error.Errno != 0) throw Refusal("RTM_NEWNEIGH", Subject(address, linkIndex), error, NeedsNetAdmin);
    }

    /// <summary>Sets a link administratively up.</summary>
    /// <exception cref="LinuxException">The kernel refused: no privilege, no such link.</exception>
    public void SetLinkUp(int linkIndex)
    {
        var error = Exchange(LinkMessage.WriteSetUp(_request, ++_sequence, linkIndex));
        if (error.Errno == 0) return;
        throw Refusal("RTM_NEWLINK", string.Create(CultureInfo.InvariantCulture, $"link {linkIndex}"), error, NeedsNetAdmin);
    }

    /// <summary>
    /// Has a program judge what enters the stack by a link, before all others; in place of the one that was set so before. It stays until
    /// <see cref="RemoveIngressFilter"/>, whatever becomes of this process.
    /// </summary>
    /// <param name="linkIndex">The link.</param>
    /// <param name="program">Descriptor of a classifier whose result is the action.</param>
    /// <param name="name">What <c>tc filter show</c> calls it.</param>
    /// <exception cref="LinuxException">The kernel refused: no privilege, no such link, or it is built without <c>cls_bpf</c>.</exception>
    internal void SetIngressFilter(int linkIndex, int program, string name)
    {
        var subject = string.Create(CultureInfo.InvariantCulture, $"link {linkIndex}");
        var error = Exchange(FilterMessage.WriteClsact(_request, ++_sequence, linkIndex));
        if (error.Errno is not (0 or Errno.EEXIST)) throw Refusal("RTM_NEWQDISC clsact", subject, error, NeedsNetAdmin);
        error = Exchange(FilterMessage.WriteSet(_request, ++_sequence, linkIndex, program, name));
        if (error.Errno != 0) throw Refusal("RTM_NEWTFILTER bpf", subject, error, NeedsNetAdmin);
    }

    /// <summary>Removes the program of <see cref="SetIngressFilter"/>; returns whether there was one.</summary>
    internal bool RemoveIngressFilter(int linkIndex) =>
        Exchange(FilterMessage.WriteRemove(_request, ++_sequence, linkIndex)).Errno == 0;

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private static string Subject<T>(T what, int linkIndex) => string.Create(CultureInfo.InvariantCulture, $"{what} on link {linkIndex}");

    private static LinuxException Refusal(string request, string subject, NetlinkError error, string? remedyIfForbidden)
    {
        var said = error.Text is null ? subject : $"{subject} ({error.Text})";
        return new($"netlink({request})", said, error.Errno, error.Errno is Errno.EPERM or Errno.EACCES ? remedyIfForbidden : null);
    }

    private List<T> Dump<T>(ReadOnlySpan<byte> request, string name, ushort type, Sink<T> sink)
    {
        for (var attempt = 1; ; attempt++)
        {
            var entries = new List<T>();
            var interrupted = false;
            var error = Exchange(request, type, payload => sink(payload, entries), () => interrupted = true);
            if (error.Errno != 0) throw Refusal(name, "dump", error, null);
            // Half of an old table and half of a new one is worth something only if it cannot be had better.
            if (!interrupted || attempt == NetlinkLimits.DumpAttempts) return entries;
        }
    }

    /// <summary>
    /// Sends a request and reads to its end: the acknowledgement, the refusal, or the last message of a dump. The kernel answers before
    /// send returns, so an empty queue is an error, not a reason to wait.
    /// </summary>
    private NetlinkError Exchange(
        ReadOnlySpan<byte> request, ushort type = 0, Action<ReadOnlySpan<byte>>? onMessage = null, Action? onInterrupted = null)
    {
        var errno = _socket.Send(request);
        if (errno != 0) return new(errno, null);
        while (true)
        {
            errno = _socket.Receive();
            if (errno != 0) return new(errno, null);
            var datagram = _socket.Datagram;
            while (NetlinkMessage.TryRead(ref datagram, out var message))
            {
                // Left over from a request that failed half-way.
                if (message.Sequence != _sequence) continue;
                if ((message.Flags & NLM_F_DUMP_INTR) != 0) onInterrupted?.Invoke();
                if (message.Type == NLMSG_DONE) return NetlinkError.OfDone(message.Payload);
                if (message.Type == NLMSG_ERROR)
                {
                    return NetlinkError.TryParse(message.Payload, message.Flags, out var error)
                        ? error
                        : new(Errno.EINVAL, "unreadable answer");
                }

                if (message.Type == type) onMessage?.Invoke(message.Payload);
            }
        }
    }
}
