using Director.Net;

namespace Director.Perf.Traffic;

/// <summary>
/// How a flow's number becomes a client's address and port. The low 16 bits stand in the address, as they lie in this machine's memory, and
/// the next 14 in the port. What the number adds to a checksum, a field of no meaning to anybody takes away again: the complement of the
/// low bits is the IP identification and half of the TCP sequence number, that of the high bits the other half. So all flows' checksums are
/// the same, and a program that goes from one flow to the next need not compute any.
/// </summary>
internal static class FlowNumber
{
    /// <summary>Flows that can be told apart.</summary>
    public const int Most = 1 << 30;

    /// <summary>The first client's address, in host order; the low 16 bits are free.</summary>
    public const uint FirstClient = 0x0a80_0000; // 10.128.0.0

    /// <summary>The first client port; the low 14 bits are free.</summary>
    public const ushort FirstPort = 0x4000;

    /// <summary>The client of flow <paramref name="flow"/>.</summary>
    public static Endpoint ClientOf(int flow)
    {
        var inWire = (uint)(BitConverter.IsLittleEndian ? (flow & 0xff) << 8 | (flow >> 8 & 0xff) : flow & 0xffff);
        return new(IpAddress128.FromV4(FirstClient | inWire), (ushort)(FirstPort | flow >> 16));
    }

    /// <summary>
    /// How far apart flows follow each other, so that no engine's table is walked from front to back: near the golden section, and without
    /// a divisor in common with <paramref name="flows"/>, so that a round comes by each flow once.
    /// </summary>
    public static int StrideOf(int flows)
    {
        var stride = Math.Max(1, (int)(flows * 0.6180339887));
        while (GreatestCommonDivisor(stride, flows) != 1) stride++;
        return stride;
    }

    private static int GreatestCommonDivisor(int a, int b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);
}
