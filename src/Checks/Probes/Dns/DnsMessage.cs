using System.Buffers.Binary;
using System.Text;

namespace Director.Checks.Probes;

/// <summary>
/// The messages of a DNS probe, of which only the header and the question matter (RFC 1035 §4.1). Pure.
/// <code>
///  0        2        4        6        8        10       12
/// +--------+--------+--------+--------+--------+--------+----------------------------+
/// |   ID   | flags  |QDCOUNT |ANCOUNT |NSCOUNT |ARCOUNT | QNAME, QTYPE(2), QCLASS(2) |
/// +--------+--------+--------+--------+--------+--------+----------------------------+
/// flags: QR(1) Opcode(4) AA(1) TC(1) RD(1) RA(1) Z(3) RCODE(4)
/// </code>
/// </summary>
internal static class DnsMessage
{
    /// <summary>Bytes of the header.</summary>
    public const int HeaderSize = 12;

    /// <summary>Bytes of the longest name on the wire (RFC 1035 §2.3.4).</summary>
    public const int LongestName = 255;

    /// <summary>Bytes of the longest question.</summary>
    public const int LongestQuestion = HeaderSize + LongestName + 4;

    private const int ClassInternet = 1;
    private const int RecursionDesired = 0x0100;
    private const int IsResponse = 0x8000;

    private static readonly string?[] CodeNames =
        ["NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED", "YXDOMAIN", "YXRRSET", "NXRRSET", "NOTAUTH", "NOTZONE"];

    /// <summary>Writes a question into a buffer of <see cref="LongestQuestion"/> bytes.</summary>
    /// <param name="buffer">Where to.</param>
    /// <param name="id">Its number, by which its answer is known.</param>
    /// <param name="type">What is asked for.</param>
    /// <param name="name">Of which name; labels of 1–63 bytes, a dot at the end changes nothing.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="ArgumentException">It is no name.</exception>
    public static int WriteQuestion(Span<byte> buffer, ushort id, DnsRecordType type, string name)
    {
        BinaryPrimitives.WriteUInt16BigEndian(buffer, id);
        BinaryPrimitives.WriteUInt16BigEndian(buffer[2..], RecursionDesired);
        BinaryPrimitives.WriteUInt16BigEndian(buffer[4..], 1);
        buffer[6..HeaderSize].Clear();
        var length = HeaderSize;
        if (name is not ("" or "."))
        {
            foreach (var label in name.TrimEnd('.').Split('.'))
            {
                var size = Encoding.UTF8.GetByteCount(label);
                if (size is 0 or > 63 || length + size + 2 > HeaderSize + LongestName)
                    throw new ArgumentException($"'{name}' is no name for DNS", nameof(name));
                buffer[length++] = (byte)size;
                length += Encoding.UTF8.GetBytes(label, buffer[length..]);
            }
        }

        buffer[length++] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(buffer[length..], (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(buffer[(length + 2)..], ClassInternet);
        return length + 4;
    }

    /// <summary>
    /// What a datagram says: null if it is not the answer to the question of that number and is to be ignored. An answer is good whatever
    /// it holds, cut short or not, unless its code is an error (keepalived check/check_dns.c).
    /// </summary>
    public static ProbeResult? Verdict(ReadOnlySpan<byte> datagram, ushort id)
    {
        if (datagram.Length < HeaderSize || BinaryPrimitives.ReadUInt16BigEndian(datagram) != id) return null;
        var flags = BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]);
        if ((flags & IsResponse) == 0) return null;
        var code = flags & 0xf;
        return code == 0 ? ProbeResult.Success
            : ProbeResult.Failure($"answered {(code < CodeNames.Length ? CodeNames[code] : $"code {code}")}");
    }
}
