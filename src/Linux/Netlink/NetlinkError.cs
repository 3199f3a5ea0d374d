using System.Runtime.InteropServices;
using static Director.Linux.Abi.NetlinkAbi;

namespace Director.Linux.Netlink;

/// <summary>
/// The kernel's answer to a request, <c>NLMSG_ERROR</c>: errno (0 is the plain acknowledgement), and the sentence that newer kernels add
/// (extended acknowledgement, Linux include/uapi/linux/netlink.h <c>struct nlmsgerr</c>).
/// </summary>
/// <param name="Errno">0, or what went wrong.</param>
/// <param name="Text">What the kernel says about it, or null.</param>
internal readonly record struct NetlinkError(int Errno, string? Text)
{
    /// <summary>Reads the payload of an <c>NLMSG_DONE</c>: the errno with which a dump ended, 0 if it is whole.</summary>
    public static NetlinkError OfDone(ReadOnlySpan<byte> payload) =>
        new(payload.Length < sizeof(int) ? 0 : -MemoryMarshal.Read<int>(payload), null);

    /// <summary>
    /// Reads the payload of an <c>NLMSG_ERROR</c> whose header carried <paramref name="flags"/>; false if it is too short.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, ushort flags, out NetlinkError error)
    {
        error = default;
        if (payload.Length < sizeof(int) + HeaderSize) return false;
        var errno = -MemoryMarshal.Read<int>(payload);
        var echoed = MemoryMarshal.Read<uint>(payload[sizeof(int)..]);
        var echoedBytes = (flags & NLM_F_CAPPED) != 0 ? HeaderSize : (long)echoed;
        string? text = null;
        if ((flags & NLM_F_ACK_TLVS) != 0 && sizeof(int) + echoedBytes <= payload.Length)
        {
            var attributes = payload[Math.Min(Align(sizeof(int) + (int)echoedBytes), payload.Length)..];
            foreach (var attribute in new NetlinkAttributes(attributes))
            {
                if (attribute.Type == NLMSGERR_ATTR_MSG) text = attribute.Text;
            }
        }

        error = new(errno, text);
        return true;
    }
}
