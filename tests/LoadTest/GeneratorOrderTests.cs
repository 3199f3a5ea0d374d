using System.Net;
using Director.LoadScenarios;
using Director.LoadScenarios.Generation;
using Director.Net;

namespace Director.Tests.LoadTest;

public sealed class GeneratorOrderTests
{
    [Theory]
    [InlineData(null, 1)]
    [InlineData(90.5, 2.5)]
    public void The_words_say_all_of_it(double? seconds, double users)
    {
        var target = new LoadTarget(IPEndPoint.Parse("192.0.2.1:80"), IPEndPoint.Parse("192.0.2.1:7"), [IPAddress.Loopback, IPAddress.Any]);
        var order = new GeneratorOrder("mixed", target, seconds is { } given ? TimeSpan.FromSeconds(given) : null, users);

        var parsed = GeneratorOrder.Parse(order.Words);

        Assert.Equal(order.Words, parsed.Words);
        Assert.Equal((order.Plan, order.Duration, order.Users), (parsed.Plan, parsed.Duration, parsed.Users));
        Assert.Equal(target.Sources, parsed.Target.Sources);
        Assert.Equal((target.Web, target.Echo), (parsed.Target.Web, parsed.Target.Echo));
        Assert.Equal(seconds ?? 25, parsed.MakePlan().Duration.TotalSeconds);
    }

    [Fact]
    public void The_beginning_is_a_line_and_no_other_line_is()
    {
        Assert.True(GeneratorOrder.TryReadBegun(GeneratorOrder.Begun(new(12345)), out var at));

        Assert.Equal(new MonoTime(12345), at);
        Assert.False(GeneratorOrder.TryReadBegun("begun", out _));
        Assert.False(GeneratorOrder.TryReadBegun("begun soon", out _));
        Assert.False(GeneratorOrder.TryReadBegun("echo - 1000 1500 9000 Ok rs1", out _));
    }
}
