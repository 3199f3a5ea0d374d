using System.Runtime.InteropServices;
using Director.Linux.Abi;

namespace Director.Linux.Bpf;

/// <content>Many entries by one call (Linux 5.6), or one by one where the kernel has no such call.</content>
internal sealed unsafe partial class BpfMap<TKey, TValue>
{
    /// <summary>The kernel's own "not supported", which has no name outside (Linux include/linux/errno.h).</summary>
    private const int ENOTSUPP = 524;

    /// <summary>Entries of one call, for which the caller's own memory is laid out.</summary>
    private const int BatchEntries = 4096;

    /// <summary>Adds or replaces entries, in order, all with one value. Says how many system calls that took.</summary>
    /// <exception cref="LinuxException">The map is full, or there is no memory; those before the refused one are there.</exception>
    public int SetAll(ReadOnlySpan<TKey> keys, TValue value)
    {
        var values = new TValue[Math.Min(keys.Length, BatchEntries)];
        Array.Fill(values, value);
        var calls = 0;
        for (; !keys.IsEmpty; calls++)
        {
            var part = keys[..Math.Min(keys.Length, BatchEntries)];
            if (!TryBatch(BpfAbi.Command.MapUpdateBatch, part, values)) return calls + SetEach(keys, value);
            keys = keys[part.Length..];
        }

        return calls;
    }

    /// <summary>Removes entries, in order; they must be there. Says how many system calls that took.</summary>
    public int RemoveAll(ReadOnlySpan<TKey> keys)
    {
        var calls = 0;
        for (; !keys.IsEmpty; calls++)
        {
            var part = keys[..Math.Min(keys.Length, BatchEntries)];
            if (!TryBatch(BpfAbi.Command.MapDeleteBatch, part, [])) return calls + RemoveEach(keys);
            keys = keys[part.Length..];
        }

        return calls;
    }

    /// <summary>False if the kernel has no such call for this map: nothing has been done then.</summary>
    private bool TryBatch(BpfAbi.Command command, ReadOnlySpan<TKey> keys, ReadOnlySpan<TValue> values)
    {
        fixed (TKey* key = keys)
        fixed (TValue* value = values)
        {
            var attr = new BpfAbi.MapBatch
            {
                Map = (uint)_descriptor.Value, Keys = (ulong)key, Values = (ulong)value, Count = (uint)keys.Length,
            };
            if (BpfAbi.Call(command, ref attr) == 0) return true;
            if (Marshal.GetLastPInvokeError() is Errno.EINVAL or ENOTSUPP) return false;
            throw Refused(command == BpfAbi.Command.MapUpdateBatch ? "BPF_MAP_UPDATE_BATCH" : "BPF_MAP_DELETE_BATCH");
        }
    }

    private int SetEach(ReadOnlySpan<TKey> keys, TValue value)
    {
        foreach (var key in keys) Set(key, value);
        return keys.Length;
    }

    private int RemoveEach(ReadOnlySpan<TKey> keys)
    {
        foreach (var key in keys) Remove(key);
        return keys.Length;
    }
}
