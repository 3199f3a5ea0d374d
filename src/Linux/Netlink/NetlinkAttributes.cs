using System.Runtime.InteropServices;
using static Director.Linux.Abi.NetlinkAbi;

namespace Director.Linux.Netlink;

/// <summary>
/// Walks a run of attributes, for <c>foreach</c>. It stops at the first one that does not lie wholly inside; whatever the bytes, it ends
/// and reads nothing beyond them.
/// </summary>
internal ref struct NetlinkAttributes(ReadOnlySpan<byte> attributes)
{
    private ReadOnlySpan<byte> _rest = attributes;

    /// <summary>The attribute that <see cref="MoveNext"/> reached.</summary>
    public NetlinkAttribute Current { get; private set; }

    /// <summary>The walk itself, as <c>foreach</c> asks for it.</summary>
    public readonly NetlinkAttributes GetEnumerator() => this;

    /// <summary>Goes on to the next attribute, if there is one.</summary>
    public bool MoveNext()
    {
        if (_rest.Length < AttributeHeaderSize) return false;
        var length = MemoryMarshal.Read<ushort>(_rest);
        if (length < AttributeHeaderSize || length > _rest.Length) return false;
        var type = (ushort)(MemoryMarshal.Read<ushort>(_rest[2..]) & NLA_TYPE_MASK);
        Current = new(type, _rest[AttributeHeaderSize..length]);
        _rest = _rest[Math.Min(Align(length), _rest.Length)..];
        return true;
    }
}
