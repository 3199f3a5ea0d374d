using Director.Lab.Topology;
using Director.LoadTest.Lab;
using Director.Tests.Architecture;

namespace Director.Tests.LoadTest;

public sealed class LabConfigurationTests
{
    private static readonly string Example = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "examples/balance/master.conf"));
    private static readonly string Text = LabConfiguration.Of(Example);

    [Fact]
    public void The_example_s_pair_checks_quickly_holds_nobody_to_a_server_and_has_echo()
    {
        Assert.DoesNotContain("persistence_timeout", Text, StringComparison.Ordinal);
        Assert.DoesNotContain("delay_loop 6", Text, StringComparison.Ordinal);
        Assert.DoesNotContain("retry 3", Text, StringComparison.Ordinal);
        Assert.Contains("virtual_server 192.168.80.130 7 {", Text, StringComparison.Ordinal);
        Assert.Contains("priority 100", Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_weight_is_changed_for_one_server_s_web_port_and_back()
    {
        var server = LabPlan.Balance.Servers[0];

        var drained = LabConfiguration.WithWeight(Text, server, 0);

        var changed = Text.Split('\n').Zip(drained.Split('\n')).Where(lines => lines.First != lines.Second).ToList();
        Assert.Equal([("        weight 1", "        weight 0")], changed);
        Assert.Equal(Text, LabConfiguration.WithWeight(drained, server, 1));
        Assert.Contains("real_server 192.168.80.133 80 {\n        weight 0", drained, StringComparison.Ordinal);
    }
}
