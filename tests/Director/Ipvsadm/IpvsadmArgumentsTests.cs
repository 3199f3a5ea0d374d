using Director.Ipvsadm;
using Director.Net;

namespace Director.Tests.Ipvsadm;

public sealed class IpvsadmArgumentsTests
{
    private static readonly IpvsadmRequest List = new() { Action = IpvsadmAction.Services };
    private static readonly ServiceKey Http = new(IpProtocol.Tcp, new(IpAddress128.Parse("10.0.0.100"), 80));

    [Fact]
    public void Short_options_go_together_or_apart()
    {
        AssertRead(List);
        AssertRead(List, "-L");
        AssertRead(List, "-Ln");
        AssertRead(List, "-ln");
        AssertRead(List, "--list", "--numeric");
        AssertRead(List with { Action = IpvsadmAction.Connections }, "-Lnc");
        AssertRead(List with { Action = IpvsadmAction.Connections }, "-L", "-n", "-c");
        AssertRead(List with { Exact = true, Columns = IpvsadmColumns.Stats }, "-LnX", "--stats");
        AssertRead(new() { Action = IpvsadmAction.Rules }, "-Sn");
        AssertRead(new() { Action = IpvsadmAction.Rules }, "--save", "-n");
        AssertRead(new() { Action = IpvsadmAction.Zero }, "-Z");
    }

    [Fact]
    public void Long_options_choose_the_numbers_and_their_order()
    {
        AssertRead(List with { Columns = IpvsadmColumns.Rate }, "-Ln", "--rate");
        AssertRead(List with { Columns = IpvsadmColumns.Thresholds }, "-Ln", "--thresholds");
        AssertRead(List with { Columns = IpvsadmColumns.PersistentConnections, Sorted = false }, "-Ln", "--persistent-conn", "--nosort");
        AssertRead(List with { Sorted = true, Exact = true }, "-Ln", "--sort", "--exact");
        AssertRead(List with { Action = IpvsadmAction.Timeouts }, "-L", "--timeout");
        AssertRead(List with { Action = IpvsadmAction.Daemons }, "-L", "--daemon");
    }

    [Fact]
    public void A_service_stands_in_the_same_word_or_the_next()
    {
        AssertRead(List with { Service = Http }, "-Ln", "-t", "10.0.0.100:80");
        AssertRead(List with { Service = Http }, "-Lnt", "10.0.0.100:80");
        AssertRead(List with { Service = Http }, "-Lt10.0.0.100:80");
        AssertRead(List with { Service = Http }, "-L", "--tcp-service=10.0.0.100:80");
        AssertRead(List with { Service = Http }, "-L", "--tcp-service", "10.0.0.100:80");
        AssertRead(
            new() { Action = IpvsadmAction.Zero, Service = new(IpProtocol.Udp, new(IpAddress128.Parse("fd00::100"), 0)) },
            "-Z", "-u", "[fd00::100]");
    }

    [Theory]
    [InlineData("unexpected argument", "list")]
    [InlineData("a command comes first", "-n")]
    [InlineData("unknown option -q", "-Lq")]
    [InlineData("does not go with", "-Lnc", "--timeout")]
    [InlineData("does not go with", "-Lc", "-t", "10.0.0.100:80")]
    [InlineData("does not go with", "-L", "-t", "10.0.0.100:80", "-c")]
    [InlineData("does not go with", "-S", "--stats")]
    [InlineData("does not go with", "-Zn")]
    [InlineData("does not go with", "-LS")]
    [InlineData("is unknown", "-L", "--colour")]
    [InlineData("illegal virtual server", "-L", "-t")]
    [InlineData("illegal virtual server", "-L", "-t", "www:80")]
    [InlineData("no fwmark services", "-L", "-f", "7")]
    [InlineData("keepalived.conf", "-A", "-t", "10.0.0.100:80", "-s", "rr")]
    [InlineData("keepalived.conf", "-C")]
    [InlineData("keepalived.conf", "--set", "900", "120", "300")]
    public void What_makes_no_sense_is_refused_with_a_reason(string reason, params string[] arguments)
    {
        Assert.False(IpvsadmArguments.TryRead(arguments, out _, out var problem));
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }

    private static void AssertRead(IpvsadmRequest expected, params string[] arguments)
    {
        Assert.True(IpvsadmArguments.TryRead(arguments, out var request, out var problem), problem);
        Assert.Equal(expected, request);
    }
}
