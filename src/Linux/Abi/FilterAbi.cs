namespace Director.Linux.Abi;

/// <summary>Linux include/uapi/linux/{rtnetlink,pkt_sched,pkt_cls}.h: <c>struct tcmsg</c>, and the filter that is a BPF program.</summary>
internal static class FilterAbi
{
    /// <summary>Bytes of <c>struct tcmsg</c>: family u8, pad, index i32, handle u32, parent u32, info u32.</summary>
    public const int TcMessageSize = 20;

    public const ushort RTM_NEWQDISC = 36;
    public const ushort RTM_NEWTFILTER = 44;
    public const ushort RTM_DELTFILTER = 45;

    public const ushort TCA_KIND = 1;
    public const ushort TCA_OPTIONS = 2;

    public const ushort TCA_BPF_FD = 6;
    public const ushort TCA_BPF_NAME = 7;
    public const ushort TCA_BPF_FLAGS = 8;

    /// <summary>The program's result is the action.</summary>
    public const uint TCA_BPF_FLAG_ACT_DIRECT = 1;

    /// <summary>Parent of the device's only <c>clsact</c>.</summary>
    public const uint TC_H_CLSACT = 0xffff_fff1;

    /// <summary>The handle that <c>clsact</c> has.</summary>
    public const uint ClsactHandle = 0xffff_0000;

    /// <summary>Parent of the filters at a device's entry: TC_H_MAKE(TC_H_CLSACT, TC_H_MIN_INGRESS).</summary>
    public const uint IngressFilters = 0xffff_fff2;
}
