namespace Director;

/// <summary>What the program's processes end with.</summary>
internal static class ExitCodes
{
    /// <summary>All is well.</summary>
    public const int Success = 0;

    /// <summary>Refused, for a reason that the operator can mend.</summary>
    public const int Refused = 1;

    /// <summary>Could be run, but there are warnings, and none were to be (<c>director check --strict</c>).</summary>
    public const int Warned = 2;

    /// <summary>A mistake of ours (sysexits.h, EX_SOFTWARE).</summary>
    public const int Internal = 70;
}
