using Director.Config.Text;
using Director.Net;

namespace Director.Config.Binder;

/// <summary>A line of <c>virtual_ipaddress</c> in the making.</summary>
internal sealed class VirtualAddressDraft(Word word, IpAddress128 address, int prefixLength)
{
    public Word Word => word;

    public IpAddress128 Address => address;

    public int PrefixLength => prefixLength;

    public string? Interface { get; set; }

    public IpAddress128? Broadcast { get; set; }

    public int Scope { get; set; }

    public string? Label { get; set; }

    public VirtualAddressConfig Complete(string defaultInterface) =>
        new(address, (byte)prefixLength, Interface ?? defaultInterface, Broadcast, (byte)Scope, Label, word.Location);
}
