using System.Globalization;

namespace Director.Linux.Processes;

/// <summary>How a process ended.</summary>
/// <param name="WasKilled">Whether a signal ended it.</param>
/// <param name="Value">Its exit status, 0–255; or the signal.</param>
public readonly record struct ChildExit(bool WasKilled, int Value)
{
    /// <summary>Whether it exited with 0.</summary>
    public bool IsSuccess => !WasKilled && Value == 0;

    /// <summary>For a log: "exited with 3", "was killed by signal 9".</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(WasKilled ? "was killed by signal" : "exited with")} {Value}");
}
