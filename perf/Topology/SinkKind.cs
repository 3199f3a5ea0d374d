namespace Director.Perf.Topology;

/// <summary>How frames end. Each engine gets what is cheapest for what it sends.</summary>
internal enum SinkKind
{
    /// <summary>
    /// An XDP program drops them, in the driver: for engines that redirect frames, which a veth takes only if its peer has such a program.
    /// </summary>
    Frames,

    /// <summary>
    /// A program at the stack's entry drops them: for engines that send socket buffers, which an XDP program would make the veth copy first
    /// (Linux drivers/net/veth.c, <c>veth_convert_skb_to_xdp_buff</c>).
    /// </summary>
    Buffers,

    /// <summary>
    /// An XDP program drops them where they come in, so that no engine has any: what the generator and this cost is not an engine's doing.
    /// </summary>
    Entry,
}
