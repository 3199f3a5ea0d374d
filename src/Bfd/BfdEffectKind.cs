namespace Director.Bfd;

/// <summary>What a session wants done.</summary>
public enum BfdEffectKind
{
    /// <summary>Send <see cref="BfdEffect.Packet"/> to the neighbour.</summary>
    Transmit,

    /// <summary>Tell that the state has changed from <see cref="BfdEffect.Before"/> to <see cref="BfdEffect.State"/>.</summary>
    Report,
}
