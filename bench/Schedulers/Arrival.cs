namespace Director.Bench.Schedulers;

/// <summary>A connection of a trace.</summary>
/// <param name="At">Seconds since the trace's beginning at which it begins.</param>
/// <param name="Client">Whose it is: the number of an address.</param>
/// <param name="Seconds">How long it lasts.</param>
internal readonly record struct Arrival(double At, int Client, double Seconds);
