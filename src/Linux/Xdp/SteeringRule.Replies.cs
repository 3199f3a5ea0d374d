using Director.Linux.Bpf;
using Director.Net;
using Director.Net.Wire;
using static Director.Linux.Bpf.BpfCondition;
using static Director.Linux.Bpf.BpfRegister;

namespace Director.Linux.Xdp;

/// <content>
/// What masqueraded servers answer. It goes to clients, so no VIP tells it: its source does, or the server that an ICMP error is about.
/// </content>
internal static partial class SteeringRule
{
    // Addresses in the packet that an ICMP error quotes, from the error's own header on.
    private const int QuotedDestination = IcmpHeader + 16;
    private const int QuotedDestinationUpper = IcmpHeader + 24;
    private const int QuotedDestinationLower = IcmpHeader + 32;

    /// <summary>
    /// Emits what is asked about a frame to no armed VIP. The destination and the protocol are in the key, and the bytes of the IP header
    /// in R9. The program goes on behind it if the frame is for user space.
    /// </summary>
    /// <param name="code">Where to.</param>
    /// <param name="reader">How the program sees its frame.</param>
    /// <param name="places">Descriptor of the map of masqueraded servers and own addresses.</param>
    /// <param name="ipv4">To be marked: where IPv4 comes in.</param>
    /// <param name="ipv6">To be marked: where IPv6 comes in.</param>
    /// <param name="notArmed">Where frames of others go.</param>
    /// <param name="malformed">Where frames go that are shorter than they claim.</param>
    private static void EmitReplies(
        Assembler code, IFrameReader reader, int places, BpfLabel ipv4, BpfLabel ipv6, BpfLabel notArmed, BpfLabel malformed)
    {
        var endpoint = code.NewLabel();
        var address = code.NewLabel();
        var known = code.NewLabel();
        ReadIpv4();
        ReadIpv6();

        code.Mark(endpoint);
        reader.PointTo(code, R9, Ip, Ports, malformed);
        code.Load(16, R3, R2, SourcePort);
        code.Store(16, Frame, ServerKey + InPort, R3);
        code.Load(8, R3, Frame, Key + InProtocol);
        code.Store(8, Frame, ServerKey + InProtocol, R3);
        code.Store(8, Frame, ServerKey + InKind, (int)SteeringKind.Server);
        Lookup(code, places, ServerKey);
        code.JumpIf(R0, NotEqual, 0, known);
        code.Store(16, Frame, ServerKey + InPort, 0);
        Lookup(code, places, ServerKey);
        code.JumpIf(R0, NotEqual, 0, known);
        code.Jump(notArmed);

        code.Mark(address);
        code.Store(16, Frame, ServerKey + InPort, 0);
        code.Store(8, Frame, ServerKey + InProtocol, 0);
        code.Store(8, Frame, ServerKey + InKind, (int)SteeringKind.ServerAddress);
        Lookup(code, places, ServerKey);
        code.JumpIf(R0, Equal, 0, notArmed);

        // What a server answers to this host itself, such as to a health check, is the host's.
        code.Mark(known);
        code.Store(16, Frame, Key + InPort, 0);
        code.Store(8, Frame, Key + InProtocol, 0);
        code.Store(8, Frame, Key + InKind, (int)SteeringKind.OwnAddress);
        Lookup(code, places, Key);
        code.JumpIf(R0, NotEqual, 0, notArmed);

        // Goes on at endpoint or address.
        void ReadIpv4()
        {
            var error = code.NewLabel();
            code.Mark(ipv4);
            code.Store(64, Frame, ServerKey + InUpper, 0);
            code.Store(32, Frame, ServerKey + InMappedPrefix, MappedPrefix);
            code.Load(8, R3, Frame, Key + InProtocol);
            code.JumpIf(R3, Equal, (int)IpProtocol.Icmp, error);
            code.Load(32, R2, R7, Source);
            code.Store(32, Frame, ServerKey + InV4, R2);
            code.Load(16, R2, R7, FlagsAndOffset);
            code.JumpIf(R2, AnyBitOf, Network(FragmentMask), address);
            CheckLengthV4(code, malformed);
            code.Jump(endpoint);

            code.Mark(error);
            reader.PointTo(code, R9, Ip, IcmpHeader + Ipv4Header.MinSize, malformed);
            code.Load(32, R3, R2, QuotedDestination);
            code.Store(32, Frame, ServerKey + InV4, R3);
            code.Jump(address);
        }

        void ReadIpv6()
        {
            var error = code.NewLabel();
            code.Mark(ipv6);
            code.Load(8, R3, Frame, Key + InProtocol);
            code.JumpIf(R3, Equal, (int)IpProtocol.IcmpV6, error);
            code.Load(64, R2, R7, SourceUpper);
            code.Store(64, Frame, ServerKey + InUpper, R2);
            code.Load(64, R2, R7, SourceLower);
            code.Store(64, Frame, ServerKey + InLower, R2);
            foreach (var extension in Extensions) code.JumpIf(R3, Equal, extension, address);
            CheckLengthV6(code, malformed);
            code.Jump(endpoint);

            code.Mark(error);
            reader.PointTo(code, R9, Ip, IcmpHeader + Ipv6Header.Size, malformed);
            code.Load(64, R3, R2, QuotedDestinationUpper);
            code.Store(64, Frame, ServerKey + InUpper, R3);
            code.Load(64, R3, R2, QuotedDestinationLower);
            code.Store(64, Frame, ServerKey + InLower, R3);
            code.Jump(address);
        }
    }
}
