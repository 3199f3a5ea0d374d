using System.Globalization;

namespace Director.Checks.Probes;

/// <summary>
/// <c>FILE_CHECK</c>: nothing is tried; whoever reads the file tells its number (<see cref="CheckRunner.TellAll"/>).
/// </summary>
/// <param name="File">The name of the <c>track_file</c>.</param>
/// <param name="Weight">What the number is multiplied with; 0: the server is down while the number is not 0.</param>
/// <param name="IsReversed">The sign is turned round; with weight 0, the server is down while the number is 0.</param>
public sealed record FileProbeSettings(string File, int Weight, bool IsReversed) : ProbeSettings
{
    /// <inheritdoc/>
    public override string Keyword => "FILE_CHECK";

    /// <inheritdoc/>
    public override bool IsTold => true;

    /// <summary>
    /// What a number in the file means: the product with the weight is added to the server's, and from the least that a number can be
    /// the server is down (keepalived check/check_file.c).
    /// </summary>
    public ProbeResult ResultOf(int value)
    {
        if (Weight == 0) return (value != 0) == IsReversed ? ProbeResult.Success : Failure(value);
        var change = (IsReversed ? -1L : 1L) * Weight * value;
        if (change <= int.MinValue) return Failure(value);
        return ProbeResult.Success with { Weight = change == 0 ? null : new ProbeWeight(change, Replaces: false) };
    }

    /// <inheritdoc/>
    public override string PassedLine(string server) => $"FILE_CHECK of [{File}] RS({server}) is UP";

    /// <inheritdoc/>
    public override string FailedLine(string server, int retries) => $"FILE_CHECK of [{File}] RS({server}) is DOWN";

    /// <inheritdoc/>
    public override string MailLine(bool passed, string? reason) => $"FILE CHECK {File} {(passed ? "succeeded" : "failed")} on service";

    private ProbeResult Failure(int value) =>
        ProbeResult.Failure(string.Create(CultureInfo.InvariantCulture, $"the number in {File} is {value}"));
}
