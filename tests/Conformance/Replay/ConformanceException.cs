namespace Director.Tests.Conformance.Replay;

/// <summary>A step went otherwise here than in the kernel.</summary>
internal sealed class ConformanceException(string message) : Exception(message);
