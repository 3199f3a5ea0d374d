namespace Director.Tests.Vrrp.Support;

/// <summary>A simulated LAN did what it must not.</summary>
internal sealed class SimulationFailure(string message) : Exception(message);
