namespace Director.Net;

/// <summary>Numbers from one to another, both included: ports or user ids.</summary>
/// <param name="First">The first.</param>
/// <param name="Last">The last, not below the first.</param>
public readonly record struct NumberRange(uint First, uint Last);
