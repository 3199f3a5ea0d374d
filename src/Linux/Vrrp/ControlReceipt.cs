namespace Director.Linux.Vrrp;

/// <summary>What trying to receive came to.</summary>
public enum ControlReceipt
{
    /// <summary>Nothing waits.</summary>
    Nothing,

    /// <summary>A message.</summary>
    Message,

    /// <summary>The other end is gone, or sent what cannot be read.</summary>
    Closed,
}
