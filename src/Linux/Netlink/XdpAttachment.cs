namespace Director.Linux.Netlink;

/// <summary>The XDP program on a link.</summary>
/// <param name="ProgramId">The kernel's number of the program (<c>bpftool prog show id N</c>); 0 if several are attached.</param>
/// <param name="Mode">How it is attached.</param>
public readonly record struct XdpAttachment(uint ProgramId, XdpAttachMode Mode);
