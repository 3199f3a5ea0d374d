using Director.Linux.Abi;

namespace Director.Linux.Processes;

/// <summary>
/// The users and groups of this host, wherever they are kept (nsswitch.conf(5)). A look may take as long as the service behind it.
/// </summary>
public static unsafe class Accounts
{
    private const int EntrySize = 64 * 1024;
    private const int MaxGroups = 65536;

    /// <summary>The user <paramref name="name"/> and the user's primary group; false if there is none.</summary>
    public static bool TryFindUser(string name, out uint user, out uint group)
    {
        (user, group) = (0, 0);
        var room = new byte[EntrySize];
        fixed (byte* memory = room)
        {
            ProcessAbi.Password entry;
            ProcessAbi.Password* found = null;
            if (ProcessAbi.GetUser(name, &entry, memory, EntrySize, &found) != 0 || found is null) return false;
            (user, group) = (found->User, found->Group);
            return true;
        }
    }

    /// <summary>The group <paramref name="name"/>; false if there is none.</summary>
    public static bool TryFindGroup(string name, out uint group)
    {
        group = 0;
        var room = new byte[EntrySize];
        fixed (byte* memory = room)
        {
            ProcessAbi.Group entry;
            ProcessAbi.Group* found = null;
            if (ProcessAbi.GetGroup(name, &entry, memory, EntrySize, &found) != 0 || found is null) return false;
            group = found->Id;
            return true;
        }
    }

    /// <summary>All groups that <paramref name="user"/> is a member of, with <paramref name="group"/> (getgrouplist(3)).</summary>
    public static IReadOnlyList<uint> GroupsOf(string user, uint group)
    {
        for (var size = 64; size <= MaxGroups; size *= 4)
        {
            var groups = new uint[size];
            var count = size;
            fixed (uint* memory = groups)
            {
                if (ProcessAbi.GetGroupList(user, group, memory, &count) >= 0) return groups[..count];
            }
        }

        return [group];
    }
}
