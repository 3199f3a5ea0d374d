using System.Net.NetworkInformation;
using Director.Lab.Namespaces;
using Director.Net;
using Director.Tests.Support;

namespace Director.Tests.Lab.Namespaces;

[Collection("kernel")]
public sealed class NamespaceSetTests
{
    [KernelFact]
    public void A_disposed_set_takes_its_namespaces_and_their_processes_along()
    {
        NetworkNamespace made;
        NamespaceProcess sleeper;
        using (var set = new NamespaceSet())
        {
            made = set.Create("a");
            sleeper = made.Start("sleep", "1000");
            Assert.True(File.Exists(made.Path));
            Assert.False(sleeper.HasExited);
        }

        Assert.False(File.Exists(made.Path));
        Assert.True(sleeper.Wait(LabLimits.KillTimeout));
        Assert.Equal(128 + 9, sleeper.ExitCode);
    }

    [KernelFact]
    public void What_a_process_leaves_in_its_temporary_directory_goes_with_the_set()
    {
        string left;
        using (var set = new NamespaceSet())
        {
            using var writer = set.Create("a").Start("sh", "-c", "mktemp; kill -9 $$");
            Assert.True(writer.Wait(LabLimits.KillTimeout));
            left = Assert.Single(writer.Lines);
            Assert.True(File.Exists(left));
        }

        Assert.False(File.Exists(left));
    }

    [KernelFact]
    public void Two_ends_of_a_pair_reach_each_other_with_the_addresses_given()
    {
        using var set = new NamespaceSet();
        var (left, right) = (set.Create("a"), set.Create("b"));
        Assert.True(MacAddress.TryParse("02:00:00:00:00:0a", out var mac));
        Veth.Connect(left, "eth0", right, "eth1", leftMac: mac);
        left.AddAddress("eth0", "10.77.0.1/24");
        right.AddAddress("eth1", "10.77.0.2/24");

        Assert.Contains("link/ether 02:00:00:00:00:0a", left.Ip("link", "show", "eth0"), StringComparison.Ordinal);
        Assert.Contains("tx-checksumming: off", left.Run("ethtool", "-k", "eth0"), StringComparison.Ordinal);
        Assert.DoesNotContain("inet6", left.Ip("address", "show"), StringComparison.Ordinal);
        Assert.Equal(IPStatus.Success, Ping(left, "10.77.0.2"));
    }

    [KernelFact]
    public void Namespaces_on_one_bridge_reach_each_other()
    {
        using var set = new NamespaceSet();
        var bridge = new Bridge(set.Create("sw"));
        for (var host = 1; host <= 3; host++)
        {
            var made = set.Create($"h{host}");
            bridge.Attach(made);
            made.AddAddress("eth0", $"10.77.0.{host}/24");
        }

        Assert.Equal(IPStatus.Success, Ping(set.Namespaces[1], "10.77.0.3"));
        Assert.Equal(IPStatus.Success, Ping(set.Namespaces[2], "10.77.0.3"));
    }

    [KernelFact]
    public void A_process_inside_is_heard_signalled_and_waited_for()
    {
        using var set = new NamespaceSet();
        var inside = set.Create("a");
        using var process = inside.Start("sh", "-c",
            "trap 'echo bye; exit 7' TERM; echo ready; echo problem >&2; while :; do sleep 0.01; done");
        using var ready = new ManualResetEventSlim();
        process.OnLine(line =>
        {
            if (line == "ready") ready.Set();
        });
        Assert.True(ready.Wait(LabLimits.ToolTimeout));
        Assert.Contains(process.Pid, inside.ProcessIds());

        process.Kill("TERM");

        Assert.True(process.Wait(LabLimits.KillTimeout));
        Assert.Equal(7, process.ExitCode);
        Assert.Equal(["bye", "problem", "ready"], process.Lines.Order(StringComparer.Ordinal));
    }

    [KernelFact]
    public void Killing_all_leaves_nobody_inside()
    {
        using var set = new NamespaceSet();
        var inside = set.Create("a");
        using var one = inside.Start("sleep", "1000");
        using var two = inside.Start("sh", "-c", "sleep 1000; echo never");

        inside.KillAll();

        Assert.True(one.Wait(LabLimits.KillTimeout) && two.Wait(LabLimits.KillTimeout));
        Assert.DoesNotContain("never", two.Lines);
        Assert.Empty(inside.ProcessIds());
    }

    [KernelFact]
    public void A_failing_command_says_what_the_tool_said()
    {
        using var set = new NamespaceSet();
        var inside = set.Create("a");

        var error = Assert.Throws<Director.Lab.LabException>(() => inside.Ip("link", "set", "nowhere", "up"));

        Assert.Contains("nowhere", error.Message, StringComparison.Ordinal);
        Assert.Contains("Cannot find device", error.Message, StringComparison.Ordinal);
    }

    [KernelFact]
    public void A_thread_enters_a_namespace_and_its_failure_comes_out()
    {
        using var set = new NamespaceSet();
        var inside = set.Create("a");
        inside.Ip("link", "add", "only-here", "type", "bridge");

        var links = NamespaceThread.Run(inside, () => File.ReadAllText("/proc/thread-self/net/dev"));

        Assert.Contains("only-here", links, StringComparison.Ordinal);
        Assert.DoesNotContain("only-here", File.ReadAllText("/proc/thread-self/net/dev"), StringComparison.Ordinal);
        Assert.Throws<DivideByZeroException>(() => NamespaceThread.Run(inside, () => throw new DivideByZeroException()));
    }

    private static IPStatus Ping(NetworkNamespace from, string address) => NamespaceThread.Run(from, () =>
    {
        using var ping = new Ping();
        return ping.Send(address, 5000).Status;
    });
}
