using System.Diagnostics;
using Director.Lab.Namespaces;
using Director.Tests.Support;

namespace Director.Tests.Lab.Namespaces;

[Collection("kernel")]
public sealed class LeftoversTests
{
    [KernelFact]
    public void What_a_dead_owner_left_is_removed_and_nothing_else()
    {
        var dead = DeadProcess();
        var (abandoned, kept) = ($"dlab-{dead}-1-d1", $"dlab-kept-{dead}-1-d1");
        var (living, foreign) = ($"dlab-{Environment.ProcessId}-999-d1", $"other-{dead}-1-d1");
        string[] all = [abandoned, kept, living, foreign];
        var directory = $"/run/director-lab/dlab-{dead}-1";
        Directory.CreateDirectory(directory + "/d1");
        try
        {
            foreach (var name in all) Tool.Run("ip", "netns", "add", name);
            // Returns once it is inside.
            using var left = new NetworkNamespace(abandoned, "d1").Start("sleep", "1000");

            var removed = Leftovers.Remove(ownPidToo: false);

            Assert.Contains(abandoned, removed);
            Assert.Equal([kept, living, foreign], all.Where(name => File.Exists($"/run/netns/{name}")));
            Assert.False(Directory.Exists(directory));
            Assert.True(left.Wait(LabLimits.KillTimeout));
        }
        finally
        {
            foreach (var name in all) Tool.TryRun("ip", "netns", "del", name);
        }
    }

    [KernelFact]
    public void A_namespace_that_is_gone_already_needs_no_removal() => NetworkNamespace.Remove($"dlab-{DeadProcess()}-1-d1");

    [KernelFact]
    public void A_namespace_that_is_not_the_lab_s_cannot_be_removed_by_it() =>
        Assert.Throws<Director.Lab.LabException>(() => NetworkNamespace.Remove("production"));

    private static int DeadProcess()
    {
        using var process = Process.Start("true");
        process.WaitForExit();
        return process.Id;
    }
}
