namespace Director.Perf;

/// <summary>Something could not be measured: says what, why, and what to do where that is known.</summary>
internal sealed class PerfException(string message) : Exception(message);
