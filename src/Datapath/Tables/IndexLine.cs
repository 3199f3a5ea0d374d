using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Director.Datapath.Tables;

/// <summary>
/// A line of a <see cref="ConnectionIndex{TKeyOf}"/>: tags, then the number of the next line of this bucket, then the slots: 64 bytes.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal unsafe struct IndexLine
{
    public const int Entries = 12;

    [FieldOffset(0)] public fixed byte Tags[Entries];
    [FieldOffset(12)] public uint Next;
    [FieldOffset(16)] public fixed uint Slots[Entries];

    /// <summary>A bit for each place whose tag is <paramref name="tag"/>; empty places have tag 0 and slot 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Matches(byte tag)
    {
        var tags = Vector128.LoadUnsafe(ref Tags[0]);
        return Vector128.Equals(tags, Vector128.Create(tag)).ExtractMostSignificantBits() & ((1u << Entries) - 1);
    }

    public int PlaceOf(uint slot)
    {
        for (var i = 0; i < Entries; i++)
            if (Slots[i] == slot) return i;
        return -1;
    }

    public int LastUsed()
    {
        for (var i = Entries - 1; i >= 0; i--)
            if (Slots[i] != 0) return i;
        return -1;
    }

    public void Clear(int place)
    {
        Slots[place] = 0;
        Tags[place] = 0;
    }
}
