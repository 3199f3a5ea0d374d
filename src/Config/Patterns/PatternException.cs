namespace Director.Config.Patterns;

/// <summary>Ends a translation; never leaves this folder.</summary>
internal sealed class PatternException(PatternFault fault) : Exception(fault.Problem)
{
    public PatternFault Fault => fault;
}
