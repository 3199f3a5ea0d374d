using Director.Bfd.Wire;

namespace Director.Bfd;

/// <summary>One thing that a session wants done, in the order in which it says so.</summary>
/// <param name="Kind">What.</param>
/// <param name="Packet">Of <see cref="BfdEffectKind.Transmit"/>.</param>
/// <param name="Before">Of <see cref="BfdEffectKind.Report"/>: the state that was.</param>
/// <param name="State">Of <see cref="BfdEffectKind.Report"/>: the state that is.</param>
/// <param name="Diagnostic">Of <see cref="BfdEffectKind.Report"/>: why it left Up, if it did.</param>
public readonly record struct BfdEffect(
    BfdEffectKind Kind,
    BfdControl Packet = default,
    BfdState Before = default,
    BfdState State = default,
    BfdDiagnostic Diagnostic = default);
