using System.Globalization;
using System.Runtime.InteropServices;
using Director.Linux.Abi;

namespace Director.Linux.Bpf;

/// <summary>
/// A kernel map with keys and values of fixed layout, padding included: the kernel compares keys byte by byte. All calls are safe from
/// any thread; the map lives as long as some process or program refers to it.
/// </summary>
internal sealed unsafe partial class BpfMap<TKey, TValue> : IDisposable
    where TKey : unmanaged
    where TValue : unmanaged
{
    private readonly FileDescriptor _descriptor;

    private BpfMap(FileDescriptor descriptor, BpfMapType type, string name, int capacity) =>
        (_descriptor, Type, Name, Capacity) = (descriptor, type, name, capacity);

    /// <summary>What kind it is.</summary>
    public BpfMapType Type { get; }

    /// <summary>Its name, as <c>bpftool map</c> shows it.</summary>
    public string Name { get; }

    /// <summary>The most entries it takes.</summary>
    public int Capacity { get; }

    /// <summary>Its descriptor, for programs and for other processes.</summary>
    public int Descriptor => _descriptor.Value;

    /// <summary>Makes a new map, with its memory.</summary>
    /// <param name="type">What kind.</param>
    /// <param name="name">At most 15 letters, digits and underscores.</param>
    /// <param name="capacity">The most entries.</param>
    /// <param name="innerMap">Descriptor of a map such as the entries are to be, if they are maps.</param>
    /// <exception cref="LinuxException">The process may not, or there is no memory.</exception>
    public static BpfMap<TKey, TValue> Create(BpfMapType type, string name, int capacity, int innerMap = 0) =>
        Create(type, name, capacity, innerMap, 0);

    /// <summary>Makes a hash map that takes memory for each entry when it comes.</summary>
    /// <exception cref="LinuxException">The process may not, or there is no memory.</exception>
    public static BpfMap<TKey, TValue> CreateGrowing(string name, int capacity) =>
        Create(BpfMapType.Hash, name, capacity, 0, BpfAbi.BPF_F_NO_PREALLOC);

    private static BpfMap<TKey, TValue> Create(BpfMapType type, string name, int capacity, int innerMap, uint flags)
    {
        var attr = new BpfAbi.MapCreate
        {
            Type = (uint)type,
            KeySize = (uint)sizeof(TKey),
            ValueSize = (uint)sizeof(TValue),
            MaxEntries = (uint)capacity,
            InnerMap = (uint)innerMap,
            Flags = flags,
        };
        BpfAbi.SetName(attr.Name, name);
        var descriptor = BpfAbi.Call(BpfAbi.Command.MapCreate, ref attr);
        if (descriptor < 0) throw LinuxException.FromLastError("bpf(BPF_MAP_CREATE)", $"{type} map {name}", BpfRefusal.Remedy);
        return new(new(descriptor), type, name, capacity);
    }

    /// <summary>Takes over a descriptor that another process gave, after a look at whether it is the map that the caller expects.</summary>
    /// <exception cref="LinuxException">The descriptor is no map, or one of another shape (EINVAL).</exception>
    public static BpfMap<TKey, TValue> FromDescriptor(FileDescriptor descriptor, BpfMapType type)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        var subject = string.Create(CultureInfo.InvariantCulture, $"descriptor {descriptor.Value}");
        if (!BpfAbi.TryGetInfo(descriptor.Value, out BpfAbi.MapInfo info))
            throw LinuxException.FromLastError("bpf(BPF_OBJ_GET_INFO_BY_FD)", subject);
        if (info.Type != (uint)type || info.KeySize != sizeof(TKey) || info.ValueSize != sizeof(TValue))
        {
            throw new LinuxException("bpf(BPF_OBJ_GET_INFO_BY_FD)", subject, Errno.EINVAL,
                $"a {type} map with keys of {sizeof(TKey)} and values of {sizeof(TValue)} bytes is expected; "
                + "start both processes from the same binary");
        }

        return new(descriptor, type, BpfAbi.GetName(info.Name), (int)info.MaxEntries);
    }

    /// <summary>Whether the map holds <paramref name="key"/>, and its value. Not for per-CPU maps.</summary>
    public bool TryGet(TKey key, out TValue value)
    {
        TValue found = default;
        if (Element(BpfAbi.Command.MapLookup, &key, &found, 0) == 0)
        {
            value = found;
            return true;
        }

        value = default;
        return Marshal.GetLastPInvokeError() == Errno.ENOENT ? false : throw Refused("BPF_MAP_LOOKUP_ELEM");
    }

    /// <summary>
    /// Reads the values of all possible processors of one entry; <paramref name="values"/> has room for <see
    /// cref="Processors.Possible"/>.
    /// </summary>
    public void GetPerCpu(TKey key, Span<TValue> values)
    {
        if (sizeof(TValue) % 8 != 0) throw new NotSupportedException("per-CPU values are read as multiples of eight bytes");
        if (values.Length < Processors.Possible)
            throw new ArgumentException("a per-CPU value has one part for each possible processor", nameof(values));
        fixed (TValue* pointer = values)
            if (Element(BpfAbi.Command.MapLookup, &key, pointer, 0) != 0) throw Refused("BPF_MAP_LOOKUP_ELEM");
    }

    /// <summary>Adds or replaces an entry.</summary>
    /// <exception cref="LinuxException">The map is full (E2BIG), or the value is refused.</exception>
    public void Set(TKey key, TValue value)
    {
        if (Element(BpfAbi.Command.MapUpdate, &key, &value, BpfAbi.BPF_ANY) != 0) throw Refused("BPF_MAP_UPDATE_ELEM");
    }

    /// <summary>Adds or replaces an entry unless the map is full.</summary>
    public bool TrySet(TKey key, TValue value)
    {
        if (Element(BpfAbi.Command.MapUpdate, &key, &value, BpfAbi.BPF_ANY) == 0) return true;
        return Marshal.GetLastPInvokeError() == Errno.E2BIG ? false : throw Refused("BPF_MAP_UPDATE_ELEM");
    }

    /// <summary>Removes an entry; returns whether there was one.</summary>
    public bool Remove(TKey key)
    {
        if (Element(BpfAbi.Command.MapDelete, &key, null, 0) == 0) return true;
        return Marshal.GetLastPInvokeError() == Errno.ENOENT ? false : throw Refused("BPF_MAP_DELETE_ELEM");
    }

    /// <summary>The keys at this moment, in no order. Entries that come and go meanwhile may be seen or not.</summary>
    public List<TKey> Keys()
    {
        var keys = new List<TKey>();
        TKey key = default;
        TKey next = default;
        TKey* previous = null;
        while (keys.Count < Capacity && Element(BpfAbi.Command.MapGetNextKey, previous, &next, 0) == 0)
        {
            keys.Add(next);
            key = next;
            previous = &key;
        }

        return keys;
    }

    /// <summary>Gives the descriptor back. The kernel keeps the map while programs refer to it.</summary>
    public void Dispose() => _descriptor.Dispose();

    private int Element(BpfAbi.Command command, void* key, void* value, ulong flags)
    {
        var attr = new BpfAbi.MapElement { Map = (uint)_descriptor.Value, Key = (ulong)key, Value = (ulong)value, Flags = flags };
        return BpfAbi.Call(command, ref attr);
    }

    private LinuxException Refused(string command)
    {
        var errno = Marshal.GetLastPInvokeError();
        var remedy = errno == Errno.E2BIG ? string.Create(CultureInfo.InvariantCulture, $"the map takes {Capacity} entries") : null;
        return new($"bpf({command})", $"map {Name}", errno, remedy);
    }
}
