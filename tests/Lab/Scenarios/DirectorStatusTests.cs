using Director.Lab.Scenarios;

namespace Director.Tests.Lab.Scenarios;

public sealed class DirectorStatusTests
{
    [Fact]
    public void What_the_lab_needs_is_read_by_name()
    {
        var status = DirectorStatus.Parse("""
            { "version": "9", "vrrp": [ { "name": "VI_1", "state": "MASTER", "reason": "" }, { "state": "BACKUP" } ],
              "services": [ { "key": "[192.168.80.130]:tcp:80", "servers": [
                { "address": "192.168.80.133:80", "weight": 1, "alive": true, "inPool": true, "activeConnections": 3,
                  "inactiveConnections": 4, "lastCheckSecondsAgo": 1.5 },
                { "address": "192.168.80.134:80", "inPool": false, "lastCheckSecondsAgo": null } ] } ],
              "datapath": { "mode": "xdp" } }
            """);

        Assert.NotNull(status);
        Assert.Equal(("MASTER", "xdp"), (status.State, status.DatapathMode));
        Assert.Equal(
            [new("192.168.80.133:80", true, true, 3, 4) { Weight = 1 }, new("192.168.80.134:80", false, false, 0, 0)], status.Pool);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"vrrp":[],"services":[],"datapath":null}""")]
    [InlineData("""{"vrrp":[1],"services":{"servers":3},"datapath":{"mode":7}}""")]
    [InlineData("""{"vrrp":null,"services":[{"servers":["x"]}]}""")]
    public void What_is_absent_or_strange_counts_as_empty(string json)
    {
        var status = DirectorStatus.Parse(json);

        Assert.NotNull(status);
        Assert.Equal(("", "", 0), (status.State, status.DatapathMode, status.Pool.Count));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("director: not running")]
    [InlineData("""{"vrrp":[""")]
    public void What_is_no_document_is_nothing(string json) => Assert.Null(DirectorStatus.Parse(json));
}
