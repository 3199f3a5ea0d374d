namespace Director.Tracking;

/// <summary>How what is tracked does.</summary>
public enum TrackedState : byte
{
    /// <summary>It has not been looked at yet.</summary>
    Unknown,

    /// <summary>Well.</summary>
    Up,

    /// <summary>Not well.</summary>
    Down,
}
