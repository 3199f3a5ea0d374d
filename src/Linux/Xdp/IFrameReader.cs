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
    /// Has R2 point to a header that begins at <paramref name="start"/> + <paramref name="variable"/>, aligned as the frame's IP header is.
    /// </summary>
    /// <param name="code">Where to.</param>
    /// <param name="variable">R9, at most 60.</param>
    /// <param name="start">Bytes from the start of the frame.</param>
    /// <param name="header">Bytes of the header that must be there.</param>
    /// <param name="outside">Where to go on if they are not.</param>
    void PointTo(Assembler code, BpfRegister variable, int start, int header, BpfLabel outside);
}
