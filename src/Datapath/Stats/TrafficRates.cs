namespace Director.Datapath.Stats;

/// <summary>How fast traffic has come of late, per second, as <see cref="TrafficMeter"/> smooths and rounds it.</summary>
/// <param name="Connections">Connections scheduled.</param>
/// <param name="InPackets">Packets from clients.</param>
/// <param name="InBytes">Bytes from clients.</param>
/// <param name="OutPackets">Packets to clients.</param>
/// <param name="OutBytes">Bytes to clients.</param>
public readonly record struct TrafficRates(long Connections, long InPackets, long InBytes, long OutPackets, long OutBytes);
