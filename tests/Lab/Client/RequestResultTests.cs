using Director.Lab.Client;
using Director.Net;

namespace Director.Tests.Lab.Client;

public sealed class RequestResultTests
{
    [Theory]
    [InlineData(RequestOutcome.Answered, "rs1", "7 1000 2000 192.0.2.1 Answered rs1")]
    [InlineData(RequestOutcome.Refused, "", "7 1000 2000 192.0.2.1 Refused -")]
    internal void A_line_says_the_result_and_is_read_back(RequestOutcome outcome, string server, string line)
    {
        var result = new RequestResult(7, new MonoTime(1000), new MonoTime(2000), "192.0.2.1", outcome, server);

        Assert.Equal(line, result.ToString());
        Assert.True(RequestResult.TryParse(line, out var parsed));
        Assert.Equal(result, parsed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("7 1000 2000 192.0.2.1 Answered")]
    [InlineData("7 1000 2000 192.0.2.1 Vanished -")]
    [InlineData("7 x 2000 192.0.2.1 Refused -")]
    [InlineData("lab-ask: cannot assign requested address")]
    public void Another_line_is_no_result(string line) => Assert.False(RequestResult.TryParse(line, out _));
}
