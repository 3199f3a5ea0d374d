namespace Director.Vrrp;

/// <summary>What is known of something tracked.</summary>
/// <param name="Condition">How it is; a file whose number is known is up, whatever the number.</param>
/// <param name="Value">Of a file, its number; else 0.</param>
public readonly record struct TrackerStatus(TrackerCondition Condition, int Value = 0)
{
    /// <summary>Nothing is known yet.</summary>
    public static TrackerStatus Init => default;

    /// <summary>It is well.</summary>
    public static TrackerStatus Up => new(TrackerCondition.Up);

    /// <summary>It is not well.</summary>
    public static TrackerStatus Down => new(TrackerCondition.Down);

    /// <summary>A file has this number.</summary>
    public static TrackerStatus Of(int value) => new(TrackerCondition.Up, value);
}
