using Director.LoadScenarios;
using Director.Net;

namespace Director.Tests.LoadTest;

public sealed class MeasurementTests
{
    [Theory]
    [InlineData("keep-alive", "get", ResponseKind.Ok, "rs1", "keep-alive get 1000 1500 9000 Ok rs1")]
    [InlineData("echo", "", ResponseKind.TimedOut, "", "echo - 1000 1500 9000 TimedOut -")]
    internal void A_measurement_is_a_line_and_a_line_a_measurement(
        string scenario, string step, ResponseKind kind, string server, string line)
    {
        var measurement = new Measurement(scenario, step, new(1000), new(1500), new(9000), kind, server);

        Assert.Equal(line, measurement.ToString());
        Assert.True(Measurement.TryParse(line, out var parsed));
        Assert.Equal(measurement, parsed);
        Assert.Equal(new MonoTime(9000) - new MonoTime(1000), parsed.Latency);
        Assert.Equal(step.Length == 0, parsed.IsIteration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("begun 1000")]
    [InlineData("echo - 1000 1500 9000 Ok")]
    [InlineData("echo - 1000 1500 9000 Ok rs1 more")]
    [InlineData("echo - 1000 1500 9000 Splendid rs1")]
    [InlineData("echo - then 1500 9000 Ok rs1")]
    [InlineData("echo - 1000 -1 9000 Ok rs1")]
    public void Anything_else_is_none(string line) => Assert.False(Measurement.TryParse(line, out _));
}
