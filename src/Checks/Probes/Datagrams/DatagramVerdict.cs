namespace Director.Checks.Probes;

/// <summary>What a datagram that came says; null if it is to be ignored.</summary>
internal delegate ProbeResult? DatagramVerdict(ReadOnlySpan<byte> datagram);
