namespace Director.Tests.Interop;

/// <summary>
/// What was to be timed was too late, and this machine itself stood still meanwhile for longer than can be told apart from another formula:
/// nothing was measured, of whatever program.
/// </summary>
internal sealed class MachineStoodStillException(string told) : Exception(told);
