namespace Director.Reloading;

/// <summary>A part of the director could not take a configuration; all of them have the one before.</summary>
/// <param name="part">Which.</param>
/// <param name="why">What happened.</param>
internal sealed class ReloadRefusedException(string part, Exception why) : Exception($"{part}: {why.Message}", why);
