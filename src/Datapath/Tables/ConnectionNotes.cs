using System.Runtime.InteropServices;
using Director.Net.Wire;

namespace Director.Datapath.Tables;

/// <summary>
/// What other workers tell the owner of a connection: they have passed on a packet of it, or an answer to it, which the network card gave
/// to them. Bounded; each place has a turn number that says whose it is, so nobody takes a lock (D. Vyukov's bounded queue, with one
/// reader). Any thread posts, the owner's takes.
/// </summary>
internal sealed class ConnectionNotes
{
    /// <summary>Notes that can wait; a power of two.</summary>
    private const int Places = 1024;

    private readonly Place[] _places = new Place[Places];
    private Cursors _cursors;

    public ConnectionNotes()
    {
        for (var i = 0; i < Places; i++) _places[i].Turn = i;
    }

    /// <summary>Leaves a note about the connection in <paramref name="slot"/>, which has that hash. False if too many wait.</summary>
    public bool TryPost(uint slot, ulong hash, TcpFlags flags, bool isAnswer)
    {
        var turn = Volatile.Read(ref _cursors.Post);
        while (true)
        {
            ref var place = ref _places[turn & (Places - 1)];
            var ahead = Volatile.Read(ref place.Turn) - turn;
            if (ahead < 0) return false;
            if (ahead > 0)
            {
                turn = Volatile.Read(ref _cursors.Post);
                continue;
            }

            var seen = Interlocked.CompareExchange(ref _cursors.Post, turn + 1, turn);
            if (seen != turn)
            {
                turn = seen;
                continue;
            }

            (place.Slot, place.Hash, place.Flags, place.IsAnswer) = (slot, hash, flags, isAnswer);
            Volatile.Write(ref place.Turn, turn + 1);
            return true;
        }
    }

    /// <summary>Takes the oldest note; false if none waits.</summary>
    public bool TryTake(out uint slot, out ulong hash, out TcpFlags flags, out bool isAnswer)
    {
        ref var place = ref _places[_cursors.Take & (Places - 1)];
        var isThere = Volatile.Read(ref place.Turn) == _cursors.Take + 1;
        (slot, hash, flags, isAnswer) = isThere ? (place.Slot, place.Hash, place.Flags, place.IsAnswer) : default;
        if (!isThere) return false;
        Volatile.Write(ref place.Turn, _cursors.Take + Places);
        _cursors.Take++;
        return true;
    }

    private struct Place
    {
        /// <summary>The turn that may write here; one more once it has.</summary>
        public long Turn;

        public ulong Hash;
        public uint Slot;
        public TcpFlags Flags;
        public bool IsAnswer;
    }

    /// <summary>Lines apart: writers and the reader do not disturb each other.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Cursors
    {
        [FieldOffset(64)] public long Post;
        [FieldOffset(192)] public long Take;
    }
}
