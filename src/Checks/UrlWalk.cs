namespace Director.Checks;

/// <summary>
/// Which url an HTTP check fetches next: one in each attempt, in order; all of them are one pass (keepalived check/check_http.c,
/// <c>epilog</c>). Pure.
/// </summary>
/// <remarks>
/// A url that fails is fetched again until it passes. If it fails the check, then once it has passed all are fetched from the first on
/// before the check passes: also where it is the only one.
/// </remarks>
/// <param name="count">How many there are, at least one.</param>
/// <param name="recoversFast"><c>fast_recovery</c>.</param>
public sealed class UrlWalk(int count, bool recoversFast)
{
    /// <summary>The url to fetch, from 0.</summary>
    public int Current { get; private set; }

    /// <summary>Whether that is the one that failed the check, and it has not passed since.</summary>
    public bool IsAtFailed { get; private set; }

    /// <summary><c>fast_recovery</c>: a check that does not pass, or not yet, does not wait between its urls.</summary>
    public bool RecoversFast => recoversFast;

    /// <summary>The url has passed; whether with it the whole pass has ended.</summary>
    public bool Pass()
    {
        var restarts = IsAtFailed;
        IsAtFailed = false;
        Current = restarts || Current == count - 1 ? 0 : Current + 1;
        return !restarts && Current == 0;
    }

    /// <summary>The url has failed the check.</summary>
    public void Fail() => IsAtFailed = true;
}
