namespace Director.Vrrp;

/// <summary>How something tracked is. The numbers are on the control wire.</summary>
public enum TrackerCondition : byte
{
    /// <summary>Not known yet: the first result is still to come.</summary>
    Init = 0,

    /// <summary>Well.</summary>
    Up,

    /// <summary>Not well.</summary>
    Down,
}
