using Director.Admin;

namespace Director.Tests.Admin;

public sealed class CheckViewTests
{
    private static readonly CheckStatus Fails =
        new("TCP_CHECK", false, true, "Connection refused", 0, 1, 7, 2.1, 0.3, 3.9, false, false, 1);

    [Fact]
    public void A_check_that_fails_says_why_and_when_it_is_made_again() => Assert.Equal(
        "TCP_CHECK fails: Connection refused; 7 attempts, the last 2.1 s ago in 0.3 ms, the next in 3.9 s", CheckView.Words(Fails));

    [Fact]
    public void Other_states_have_their_words()
    {
        Assert.StartsWith("TCP_CHECK is retried, 1 of 3: no answer", CheckView.Words(
            Fails with { Passes = true, Failures = 1, Retries = 3, Reason = "no answer" }), StringComparison.Ordinal);
        Assert.StartsWith("TCP_CHECK is overdue", CheckView.Words(Fails with { Overdue = true }), StringComparison.Ordinal);
        Assert.StartsWith("TCP_CHECK is suspended", CheckView.Words(Fails with { Suspended = true }), StringComparison.Ordinal);
        Assert.Equal("TCP_CHECK has not passed yet; 0 attempts, the next in 3.9 s",
            CheckView.Words(Fails with { Concluded = false, Reason = null, Attempts = 0, LastSecondsAgo = null }));
        Assert.Equal("BFD_CHECK passes; 1 attempt, the last 2.1 s ago in 0 ms", CheckView.Words(
            Fails with { Kind = "BFD_CHECK", Passes = true, Reason = null, Attempts = 1, NextInSeconds = null, LastMilliseconds = null }));
    }
}
