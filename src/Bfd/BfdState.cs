namespace Director.Bfd;

/// <summary>Where a session stands, as on the wire (RFC 5880 §4.1, Sta).</summary>
public enum BfdState : byte
{
    /// <summary>Held down by the operator; says nothing about the path.</summary>
    AdminDown = 0,

    /// <summary>The neighbour is not heard, or has only now been.</summary>
    Down = 1,

    /// <summary>The neighbour is heard, and does not say yet that it hears us.</summary>
    Init = 2,

    /// <summary>Each hears the other.</summary>
    Up = 3,
}
