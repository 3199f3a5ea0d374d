using Director.Linux.Bpf;

namespace Director.Linux.Xdp;

/// <summary>
/// How a steering program reads the frame that it judges. The context is in R6; R7 and R8 are the reader's, R0–R5 are lost.
/// </summary>
internal interface IFrameReader
{
    /// <summary>
    /// Has R7 point to the first <paramref name="bytes"/> of the frame; goes on at <paramref name="tooShort"/> if it has fewer.
    /// </summary>
    void Begin(Assembler code, int bytes, BpfLabel tooShort);

    /// <summary>
    /// From now on the frame of a VLAN that is served here reads as if it had no tag, but for its addresses. A tag of no VLAN (id 0) is
    /// none, as to the stack (Linux net/core/dev.c, <c>__netif_receive_skb_core</c>); any other goes on at <paramref name="leave"/>.
    /// </summary>
    void SkipTag(Assembler code, BpfLabel leave);

    /// <summary>Has at least <paramref name="bytes"/> of the frame at R7, or goes on at <paramref name="tooShort"/>.</summary>
    void Require(Assembler code, int bytes, BpfLabel tooShort);

    /// <summary>
    /// Has R2 point to a header that begins at <paramref name="start"/> + <paramref name="variable"/>, aligned as the frame's IP header is.
    /// </summary>
    /// <param name="code">Where to.</param>
    /// <param name="variable">R9, at most 60.</param>
    /// <param name="start">Bytes from the start of the frame.</param>
    /// <param name="header">Bytes of the header that must be there.</param>
    /// <param name="outside">Where to go on if they are not.</param>
    void PointTo(Assembler code, BpfRegister variable, int start, int header, BpfLabel outside);
}
