using Director.Config.Text;
using Director.Net;

namespace Director.Config.Binder;

/// <summary>A line of <c>virtual_ipaddress</c> in the making.</summary>
internal sealed class VirtualAddressDraft(Word word, IpAddress128 address, int prefixLength)
{
    public Word Word => word;

    public IpAddress128 Address => address;

    public int PrefixLength => Peer is { } peer ? peer.Length : prefixLength;

    public (IpAddress128 Address, int Length)? Peer { get; set; }

    public VirtualAddressOptions Options { get; set; }

    public uint? PreferredSeconds { get; set; }

    /// <summary><c>track_group</c>'s name; null for none.</summary>
    public Word? TrackGroup { get; set; }

    /// <summary>Whether it is to go to an interface for the virtual MAC address (<c>use_vmac</c>).</summary>
    public bool UsesVmac { get; set; }

    public string? Interface { get; set; }

    public IpAddress128? Broadcast { get; set; }

    public int Scope { get; set; }

    public string? Label { get; set; }

    public VirtualAddressConfig Complete(string defaultInterface) =>
        new(address, (byte)PrefixLength, Interface ?? defaultInterface, Broadcast, (byte)Scope, Label, word.Location)
        {
            Peer = Peer?.Address,
            Options = Options,
            UsesVmac = UsesVmac,
            // An IPv6 address of its own would be chosen as source before the interface's (RFC 6724 §5, longest matching prefix).
            PreferredSeconds = PreferredSeconds
                ?? (!address.IsV4 && prefixLength == 128 && Peer is null ? 0 : VirtualAddressConfig.Forever),
        };
}
