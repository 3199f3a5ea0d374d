using System.Net;
using System.Net.Sockets;
using Director.Lab.Namespaces;
using Director.Net;
using Director.Net.Wire;
using Director.Tests.Linux.Xdp;
using Director.Tests.Support;

namespace Director.Tests.Conformance.Recording;

/// <summary>
/// The <see cref="Stage"/> in namespaces of this kernel, whose IPVS is the director. Whether a packet is through is told by an echo request
/// that is sent after it and answered by the director: one processor takes them in order.
/// </summary>
internal sealed class ReferenceNet : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Two ticks of the kernel's timers: what it says to end "now" ends with the next.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(8);

    private static readonly Endpoint Barrier = new(IpAddress128.Parse("10.1.255.254"), 0);
    private static readonly Endpoint Own = new(IpAddress128.Parse(Stage.Own), 0);

    /// <summary>Lines above the entries of a list of connections, whose order is that of a table with a random seed.</summary>
    private const int ListHead = 2;

    private readonly NetworkNamespace _director;
    private readonly ReferenceKeepalived _keepalived;
    private readonly Wire[] _wires;
    private readonly HostEar _host;
    private readonly Dictionary<string, TcpListener> _listeners = [];
    private ushort _barriers;

    /// <summary>Makes it of two namespaces of <paramref name="set"/>, which stay when it is disposed of.</summary>
    /// <param name="set">The set.</param>
    /// <param name="number">Tells this stage from the set's others.</param>
    public ReferenceNet(NamespaceSet set, int number)
    {
        _director = set.Create($"director{number}", ipv6: true);
        var outside = set.Create($"outside{number}", ipv6: true);
        StageLinks.Make(_director, outside);

        // Else the kernel leaves the checksums of what it has rewritten to the device, and what is seen is half of one.
        for (var link = 0; link < Stage.Links; link++) Veth.SwitchOffloadsOff(_director, Stage.DeviceOf(link));
        _wires = [.. Enumerable.Range(0, Stage.Links).Select(link => Wire.Open(outside, Stage.NameOf(link)))];
        _host = new(_director);
        _keepalived = new(_director);
    }

    /// <summary>Runs a command on the director; returns what it printed, and its exit status if that is not 0.</summary>
    public IReadOnlyList<string> Execute(string command, IReadOnlyList<string> input)
    {
        switch (command.Split(' '))
        {
            case ["keepalived"]:
                _keepalived.Configure(input);
                return [];
            case ["listen", var point]:
                _listeners.Add(point, NamespaceThread.Run(_director, () => Listen(IPEndPoint.Parse(point))));
                return [];
            case ["close", var point]:
                _listeners.Remove(point, out var listener);
                listener!.Dispose();
                return [];
        }

        // Started by a thread in the namespace: that is what it then runs in.
        var (exitCode, output, errors) = NamespaceThread.Run(
            _director, () => Tool.TryRun(command.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        var lines = (output + errors).Split('\n').SkipLast(1);
        if (command == "ipvsadm -Lnc") lines = lines.Take(ListHead).Concat(lines.Skip(ListHead).Order(StringComparer.Ordinal));
        return exitCode == 0 ? [.. lines] : [.. lines, $"exit {exitCode}"];
    }

    /// <summary>Sends a frame to the director by a link; returns what became of it.</summary>
    public string Send(int link, byte[] frame)
    {
        Thread.Sleep(Pause);
        foreach (var wire in _wires) wire.Rest(_ => true);
        // What keepalived's checks have sent to the director itself is none of the scenario's.
        _host.Heard();
        _wires[link].Send(frame);
        var left = new List<(int Link, byte[] Frame)>();
        PassBarrier(left);
        for (var other = 1; other < Stage.Links; other++) left.AddRange(_wires[other].Rest(Stage.IsPacket).Select(seen => (other, seen)));
        return Outcome.Of(frame, _host.Heard(), left.OrderBy(seen => seen.Link));
    }

    public void Dispose()
    {
        foreach (var wire in _wires) wire.Dispose();
        foreach (var listener in _listeners.Values) listener.Dispose();
        _host.Dispose();
        _keepalived.Dispose();
    }

    private static TcpListener Listen(IPEndPoint point)
    {
        var listener = new TcpListener(point);
        listener.Start();
        return listener;
    }

    /// <summary>Sends the echo request; adds what comes back to the clients before its answer.</summary>
    private void PassBarrier(List<(int Link, byte[] Frame)> left)
    {
        byte[] rest = [HostEar.BarrierMark, HostEar.BarrierMark, (byte)(++_barriers >> 8), (byte)_barriers];
        var request = PacketBytes.Icmp(Barrier, Own, 8, 0, rest, []);
        var packet = PacketBytes.Ipv4(Barrier.Address, Own.Address, IpProtocol.Icmp, request, new(64, 0, true, 1, 0, 0, false));
        _wires[Stage.Client].Send(PacketBytes.Frame(Stage.NearMac(Stage.Client), Stage.FarMac(Stage.Client), packet));
        while (_wires[Stage.Client].Receive(Patience) is { } frame)
        {
            if (IsAnswer(frame, rest)) return;
            if (Stage.IsPacket(frame)) left.Add((Stage.Client, frame));
        }

        throw new TimeoutException("the director does not answer to an echo request");
    }

    private static bool IsAnswer(byte[] frame, byte[] rest)
    {
        const int Icmp = EthernetHeader.Size + Ipv4Header.MinSize;
        return frame.Length >= Icmp + 8 && frame[EthernetHeader.Size + 9] == (byte)IpProtocol.Icmp && frame[Icmp] == 0
            && frame.AsSpan(Icmp + 4, 4).SequenceEqual(rest);
    }
}
