using Director.Linux.Abi;

namespace Director.Linux.Processes;

/// <summary>
/// The calling thread, and no other, has somebody's ids until this is disposed (setresuid(2), by the kernel's own call). Its saved user
/// id stays, so that it can go back; execve(2) replaces that by the effective one, so a child cannot.
/// </summary>
internal sealed unsafe class BorrowedCredentials : IDisposable
{
    private readonly uint _user = ProcessAbi.EffectiveUser();
    private readonly uint _group = ProcessAbi.EffectiveGroup();
    private readonly uint[] _groups = OwnGroups();
    private readonly int _dumpable = Libc.ProcessControl(ProcessAbi.PR_GET_DUMPABLE, 0, 0, 0, 0);
    private readonly bool _isOther;

    /// <summary>Takes them.</summary>
    /// <exception cref="LinuxException">The process may not.</exception>
    public BorrowedCredentials(Credentials credentials)
    {
        var groups = credentials.Groups.ToArray();
        if (credentials.User == _user && credentials.Group == _group && groups.Order().SequenceEqual(_groups.Order())) return;
        _isOther = true;
        try
        {
            SetGroups(groups);
            var (user, group) = ((nint)credentials.User, (nint)credentials.Group);
            Must(ProcessAbi.SystemCall(ProcessAbi.SYS_setresgid, group, group, (nint)_group), "setresgid");
            Must(ProcessAbi.SystemCall(ProcessAbi.SYS_setresuid, user, user, (nint)_user), "setresuid");
        }
        catch (LinuxException)
        {
            Return();
            throw;
        }
    }

    /// <summary>Gives them back.</summary>
    public void Dispose()
    {
        if (_isOther) Return();
    }

    private void Return()
    {
        _ = ProcessAbi.SystemCall(ProcessAbi.SYS_setresuid, (nint)_user, (nint)_user, (nint)_user);
        _ = ProcessAbi.SystemCall(ProcessAbi.SYS_setresgid, (nint)_group, (nint)_group, (nint)_group);
        fixed (uint* pointer = _groups) _ = ProcessAbi.SystemCall(ProcessAbi.SYS_setgroups, _groups.Length, (nint)pointer, 0);
        // Changing ids forbids core dumps of the whole process (prctl(2), PR_SET_DUMPABLE).
        if (_dumpable == 1) _ = Libc.ProcessControl(ProcessAbi.PR_SET_DUMPABLE, 1, 0, 0, 0);
    }

    /// <summary>The supplementary groups of the calling thread.</summary>
    public static uint[] OwnGroups()
    {
        var count = Math.Max(ProcessAbi.GetGroups(0, null), 0);
        var groups = new uint[count];
        fixed (uint* pointer = groups) return groups[..Math.Max(ProcessAbi.GetGroups(count, pointer), 0)];
    }

    private static void SetGroups(uint[] groups)
    {
        fixed (uint* pointer = groups) Must(ProcessAbi.SystemCall(ProcessAbi.SYS_setgroups, groups.Length, (nint)pointer, 0), "setgroups");
    }

    private static void Must(nint result, string call)
    {
        if (result != 0) throw LinuxException.FromLastError(call, "for a script", "run as root or with CAP_SETUID and CAP_SETGID");
    }
}
