using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Director.Linux.Abi;
using Director.Linux.Bpf;
using Director.Net;
using Tmds.Linux;
using static Director.Linux.Bpf.BpfRegister;

namespace Director.Linux.Xdp;

/// <summary>
/// Whether frames arrive that an XDP program sends on. A driver may take them and lose them without an error, such as veth(4) whose peer
/// has neither an XDP program nor GRO. So a neighbour is asked something by the very way that frames of offloaded flows take (BPF_PROG_RUN
/// with live frames, Linux 5.18), and has to answer.
/// </summary>
public static unsafe class DeliveryProof
{
    private const string ProgramName = "director_prove";

    /// <summary>
    /// Asks <paramref name="neighbour"/> by a frame that comes, as the program sees it, from <paramref name="ingress"/> and leaves by
    /// <paramref name="egress"/>; waits for the answer on that device. In the network namespace of the calling thread.
    /// </summary>
    /// <param name="flows">Knows the device to send by, as number <paramref name="number"/>.</param>
    /// <param name="ingress">Has an XDP program, native.</param>
    /// <param name="egress">The device that the neighbour is behind.</param>
    /// <param name="number">Its number.</param>
    /// <param name="neighbour">Its address.</param>
    /// <param name="to">Its MAC.</param>
    /// <param name="patience">How long to wait.</param>
    /// <exception cref="LinuxException">The kernel refuses to send so, or to listen.</exception>
    public static bool IsAnswered(
        FlowMaps flows, XdpDevice ingress, XdpDevice egress, ushort number, IpAddress128 neighbour, MacAddress to, TimeSpan patience)
    {
        ArgumentNullException.ThrowIfNull(flows);
        ArgumentNullException.ThrowIfNull(ingress);
        ArgumentNullException.ThrowIfNull(egress);
        var question = new NeighbourQuestion(neighbour, to, egress.Mac, (uint)RandomNumberGenerator.GetInt32(int.MaxValue));
        using var socket = Listen(egress, (ushort)question.Type);
        using var program = BpfProgram.Load(ProgramName, Assemble(flows, number));
        Send(program, question.ToFrame(), ingress);
        return Hears(socket, question, patience);
    }

    private static ulong[] Assemble(FlowMaps flows, ushort number)
    {
        var code = new Assembler();
        code.LoadMap(R1, flows.Devices);
        code.Move(R2, number);
        code.Move(R3, (int)XdpVerdict.Drop);
        code.Call(BpfHelper.RedirectMap);
        code.Exit();
        return code.Assemble();
    }

    private static void Send(BpfProgram program, byte[] frame, XdpDevice ingress)
    {
        try
        {
            program.RunLive(frame, 1, ingress.Index);
        }
        catch (LinuxException refusal) when (refusal.Errno == Errno.EINVAL)
        {
            throw new LinuxException("bpf(BPF_PROG_TEST_RUN, live frames)", ingress.Name, refusal.Errno,
                "to prove that XDP delivers needs Linux 5.18; Datapath:Offload=on trusts it without proof");
        }
    }

    private static FileDescriptor Listen(XdpDevice device, ushort type)
    {
        var protocol = BinaryPrimitives.ReverseEndianness(type);
        var descriptor = LibC.socket(LibC.AF_PACKET, LibC.SOCK_RAW | LibC.SOCK_NONBLOCK | LibC.SOCK_CLOEXEC, protocol);
        if (descriptor < 0) throw LinuxException.FromLastError("socket(AF_PACKET)", device.Name, "run with CAP_NET_RAW");
        var socket = new FileDescriptor(descriptor);
        var address = new sockaddr_ll { sll_family = (ushort)LibC.AF_PACKET, sll_protocol = protocol, sll_ifindex = device.Index };
        if (LibC.bind(descriptor, (sockaddr*)&address, sizeof(sockaddr_ll)) == 0) return socket;
        var errno = Marshal.GetLastPInvokeError();
        socket.Dispose();
        throw new LinuxException("bind(AF_PACKET)", device.Name, errno);
    }

    private static bool Hears(FileDescriptor socket, NeighbourQuestion question, TimeSpan patience)
    {
        const int Room = 256;
        var frame = stackalloc byte[Room];
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < patience;)
        {
            var length = (int)LibC.recv(socket.Value, frame, Room, LibC.MSG_DONTWAIT);
            if (length > 0 && question.IsAnsweredBy(new ReadOnlySpan<byte>(frame, length))) return true;
            if (length > 0) continue;
            var poll = new pollfd { fd = socket.Value, events = (short)LibC.POLLIN };
            _ = Libc.Poll(&poll, 1, (int)Math.Ceiling(Math.Max(0, (patience - waited.Elapsed).TotalMilliseconds)));
        }

        return false;
    }
}
