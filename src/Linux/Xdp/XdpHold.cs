using System.Globalization;
using Director.Linux.Netlink;

namespace Director.Linux.Xdp;

/// <summary>An XDP program that sits on a device: which one, and the command that clears it.</summary>
/// <param name="Interface">Name of the device.</param>
/// <param name="Program">The kernel's number of the program, or 0 if it does not tell.</param>
/// <param name="Name">Its name, or empty.</param>
/// <param name="Mode">How it is attached.</param>
/// <param name="Link">The BPF link of a process that holds it, or null if it was set by rtnetlink, as <c>ip</c> does.</param>
public sealed record XdpHold(string Interface, uint Program, string Name, XdpAttachMode Mode, uint? Link)
{
    /// <summary>Whether a director put it there.</summary>
    public bool IsDirectors => Name == SteeringProgram.Name;

    /// <summary>Clears the device. A BPF link's <c>ip</c> cannot take away (Linux net/core/dev.c, <c>dev_xdp_attach</c>).</summary>
    public string Command => Link is { } link
        ? string.Create(CultureInfo.InvariantCulture, $"bpftool link detach id {link}")
        : $"ip link set dev {Interface} {Option} off";

    /// <summary>The program as people look for it in <c>bpftool prog</c>: number and name.</summary>
    public string What => (Program, Name) switch
    {
        (0, _) => "another XDP program",
        (_, "") => string.Create(CultureInfo.InvariantCulture, $"XDP program {Program}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"XDP program {Program} '{Name}'"),
    };

    private string Option => Mode switch
    {
        XdpAttachMode.Generic => "xdpgeneric",
        XdpAttachMode.Hardware => "xdpoffload",
        _ => "xdp",
    };

    /// <summary>A sentence for a refusal.</summary>
    public override string ToString() => Link is { } link
        ? string.Create(CultureInfo.InvariantCulture, $"{What} holds it by BPF link {link}: stop its owner, or `{Command}`")
        : $"{What} holds it: clear it with `{Command}` (`bpftool net` shows all)";
}
