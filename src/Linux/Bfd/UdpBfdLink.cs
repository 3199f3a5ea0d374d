using Director.Bfd;
using Director.Bfd.Ports;
using Director.Linux.Abi;

namespace Director.Linux.Bfd;

/// <summary>
/// The kernel's side of BFD sessions, in the network namespace of the thread that uses it: a UDP socket to send by for each, and one to
/// receive by for each address family and port that sessions have. One thread. Sending and receiving allocate nothing.
/// </summary>
/// <param name="watch">Told of each descriptor that packets will arrive by, which stays open until the link is disposed.</param>
/// <param name="onProblem">Told what the kernel refuses, in words.</param>
public sealed class UdpBfdLink(Action<int> watch, Action<string> onProblem) : IBfdLink, IDisposable
{
    private readonly List<End?> _ends = [];
    private readonly BfdReceiveSocket?[] _receivers = new BfdReceiveSocket?[4];
    private int _receiveFrom;

    /// <inheritdoc/>
    public int Open(BfdSettings settings)
    {
        var end = new End(settings);
        Prepare(end);
        var free = _ends.IndexOf(null);
        if (free < 0)
        {
            _ends.Add(end);
            return _ends.Count - 1;
        }

        _ends[free] = end;
        return free;
    }

    /// <inheritdoc/>
    public void Close(int endpoint)
    {
        _ends[endpoint]?.Sender?.Dispose();
        _ends[endpoint] = null;
    }

    /// <inheritdoc/>
    public bool Send(int endpoint, ReadOnlySpan<byte> packet)
    {
        var end = _ends[endpoint]!;
        if (!Prepare(end)) return false;
        var errno = end.Sender!.Send(packet);
        // What a path that has just broken answers: the session says so in a moment, and better.
        if (errno is not (0 or Errno.ENETDOWN or Errno.ENETUNREACH or Errno.EHOSTUNREACH or Errno.ENODEV or Errno.EINVAL))
            onProblem($"cannot send a BFD packet to {end.Settings.Neighbor}: {Errno.Describe(errno)}");
        return errno == 0;
    }

    /// <inheritdoc/>
    public bool Receive(ReceivedPackets packets)
    {
        // The first to be read from changes, so that a flood on one leaves room for the others.
        _receiveFrom = (_receiveFrom + 1) % _receivers.Length;
        var drained = true;
        for (var i = 0; i < _receivers.Length; i++)
        {
            if (_receivers[(_receiveFrom + i) % _receivers.Length] is { } receiver) drained &= receiver.Receive(packets);
        }

        return drained;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var end in _ends) end?.Sender?.Dispose();
        foreach (var receiver in _receivers) receiver?.Dispose();
    }

    /// <summary>Opens what the end lacks; false, and told once, if the kernel refuses.</summary>
    private bool Prepare(End end)
    {
        ref var receiver = ref _receivers[(end.Settings.Neighbor.IsV4 ? 0 : 1) + (end.Settings.IsMultihop ? 2 : 0)];
        if (receiver is not null && end.Sender is not null) return true;
        try
        {
            if (receiver is null)
            {
                receiver = new(end.Settings.Neighbor.IsV4, end.Settings.IsMultihop);
                watch(receiver.Handle);
            }

            end.Sender ??= new(end.Settings);
            end.IsProblemTold = false;
            return true;
        }
        catch (LinuxException refusal)
        {
            if (!end.IsProblemTold) onProblem($"({end.Settings.Name}) no BFD packets for now: {refusal.Message}");
            end.IsProblemTold = true;
            return false;
        }
    }

    private sealed class End(BfdSettings settings)
    {
        public BfdSettings Settings => settings;

        public BfdSendSocket? Sender { get; set; }

        public bool IsProblemTold { get; set; }
    }
}
