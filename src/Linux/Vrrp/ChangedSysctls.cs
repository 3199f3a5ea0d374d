using Director.Linux.Abi;

namespace Director.Linux.Vrrp;

/// <summary>
/// Kernel settings of interfaces that others also use, changed for as long as somebody needs them so, then what they were before. A
/// setting that has been changed by hand meanwhile is left as it is. One thread.
/// </summary>
internal sealed class ChangedSysctls(Action<string> onProblem)
{
    private readonly Dictionary<string, (int Before, int Value, int Users)> _changed = [];

    /// <summary>What a setting was before, or is if it is not changed; null if it cannot be read.</summary>
    public int? Original(string setting) => _changed.TryGetValue(setting, out var changed) ? changed.Before : Sysctl.Read(setting);

    /// <summary>Sets a setting, for one user more.</summary>
    public void Set(string setting, int value)
    {
        if (_changed.TryGetValue(setting, out var known))
        {
            _changed[setting] = known with { Users = known.Users + 1 };
            return;
        }

        if (Sysctl.Read(setting) is not { } before) return;
        _changed[setting] = (before, value, 1);
        if (before != value) Write(setting, value);
    }

    /// <summary>One user less; after the last the setting is what it was.</summary>
    public void Restore(string setting)
    {
        if (!_changed.TryGetValue(setting, out var known)) return;
        if (known.Users > 1)
        {
            _changed[setting] = known with { Users = known.Users - 1 };
            return;
        }

        _changed.Remove(setting);
        if (known.Before != known.Value && Sysctl.Read(setting) == known.Value) Write(setting, known.Before);
    }

    /// <summary>Sets a setting for good, such as one of an interface that will be removed.</summary>
    public void Write(string setting, int value)
    {
        var errno = Sysctl.Write(setting, value);
        if (errno is 0 or Errno.ENOENT) return;
        onProblem($"cannot set net/{setting} to {value}: {Errno.Describe(errno)}");
    }
}
