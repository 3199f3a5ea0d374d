using Director.Lab.Namespaces;
using Director.Linux.Xdp;
using Director.Tests.Linux.Vrrp;
using Director.Tests.Support;
using Xunit.Abstractions;

namespace Director.Tests.Whole;

/// <summary>
/// What stands in the way of a start is said, each thing in a sentence with what clears it; the exit code is 1 and nothing has been done.
/// </summary>
public sealed class RefusalTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [KernelFact]
    public void What_the_operator_wrote_is_refused_with_its_place()
    {
        using var two = new TwoDirectors(output);
        var file = two.First.ConfigFile;
        var text = File.ReadAllText(file);

        File.Delete(file);
        AssertRefused(two, [], $"{file}: error: there is no such file", $"{file} has errors; nothing was started");

        File.WriteAllText(file, text.Replace("weight 1", "weight many", StringComparison.Ordinal));
        var line = Array.FindIndex(text.Split('\n'), candidate => candidate.Contains("weight 1", StringComparison.Ordinal)) + 1;
        AssertRefused(two, [], $"{file}:{line}:", "error: 'many' is not a whole number");

        File.WriteAllText(file, text.Replace("interface eth0", "interface eth7", StringComparison.Ordinal));
        line = Array.FindIndex(text.Split('\n'), candidate => candidate.Contains("vrrp_instance", StringComparison.Ordinal)) + 1;
        AssertRefused(two, [], $"{file}:{line}:", "error: interface eth7 of vrrp_instance VI_1 does not exist");

        File.WriteAllText(file, $"net_namespace elsewhere\n{text}");
        AssertRefused(two, [], "is for the network namespace elsewhere", "ip netns exec elsewhere director run");

        File.WriteAllText(file, text);
        AssertRefused(two, ["--pid", "/no-such-directory/pid"], "director: the pid cannot be written into /no-such-directory/pid");
        AssertRefused(two, ["--set", "Datapath:Mode=fast"],
            "director: Datapath:Mode 'fast' is none of auto, xdp, xdp-generic, packet, none");
        AssertRefused(two, ["--set", "Datapath:Workers=many"], "director: Datapath:Workers 'many' is not a whole number");
        AssertRefused(two, ["--set", "Datapath:Speed=1"], "director: Datapath:Speed: there is no such setting; there are Mode, Workers");
        AssertRefused(two, ["--set", "Datapath"], "director: --set Datapath: write Key=Value");
        AssertRefused(two, ["--run-dir", two.First.RunDirectory + new string('x', 100)], "is too long for a socket in it");
        AssertRefused(two, ["--run-dir", file], $"director: {file} cannot be used");
    }

    [KernelFact]
    public async Task Who_is_there_already_is_named()
    {
        using var two = new TwoDirectors(output);
        two.Stage.StartDirector(two.First.Role);
        await two.UntilOwnedByAsync(two.First);
        var processes = two.MachineOf(two.First).ProcessIds();

        AssertRefusal(two, two.Run(two.First), $"director: another director uses {two.First.RunDirectory}");
        AssertRefusal(two, two.Run(two.First, "--run-dir", two.First.RunDirectory + "2"), "eth0 has another XDP program", "to clear it: ");

        // The one that was there has noticed nothing.
        Assert.Equal(processes, two.MachineOf(two.First).ProcessIds());
        Assert.NotNull(await TwoDirectors.StatusOfAsync(two.First));
        await two.UntilOwnedByAsync(two.First);
    }

    [KernelFact]
    public void A_program_of_somebody_elses_is_left_where_it_is()
    {
        using var two = new TwoDirectors(output);
        using var foreign = NamespaceThread.Run(two.MachineOf(two.First), () =>
        {
            var steering = Steering.Create();
            steering.Attach(XdpDevice.Open("eth0"), XdpMode.Native);
            return steering;
        });

        AssertRefusal(two, two.Run(two.First), "eth0 has another XDP program", "to clear it: ");
        Assert.True(two.HasProgram(two.First));
        Assert.False(two.HasHostDevice(two.First));
    }

    [KernelFact]
    public async Task Without_privileges_it_says_which_are_missing_and_a_strict_reverse_path_is_warned_of()
    {
        using var two = new TwoDirectors(output);
        var open = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"director-{Environment.ProcessId}"));
        try
        {
            File.SetUnixFileMode(open.FullName, (UnixFileMode)0x1FF);
            File.Copy(two.First.ConfigFile, Path.Combine(open.FullName, "keepalived.conf"), overwrite: true);
            File.SetUnixFileMode(Path.Combine(open.FullName, "keepalived.conf"), (UnixFileMode)0x1A4);
            AssertRefusal(two, two.MachineOf(two.First).Start([
                "setpriv", "--reuid=65534", "--clear-groups", .. Director.Tests.Lab.DirectorProgram.Command,
                "run", "-f", Path.Combine(open.FullName, "keepalived.conf"), "--run-dir", Path.Combine(open.FullName, "run")]),
                "CAP_NET_ADMIN is missing", "CAP_NET_RAW is missing", "CAP_BPF is missing", "AmbientCapabilities=");
        }
        finally
        {
            open.Delete(recursive: true);
        }

        two.MachineOf(two.First).Sysctl("net.ipv4.conf.all.rp_filter", "1");
        two.Stage.StartDirector(two.First.Role);
        var status = await two.UntilAsync("d1 answers", two.First, _ => true);
        Assert.Contains(status.Findings, finding => finding.Contains("sysctl -w net.ipv4.conf.all.rp_filter=0", StringComparison.Ordinal));
        Assert.True(TwoDirectors.HasSaid(two.First, "sysctl -w net.ipv4.conf.all.rp_filter=0"));
    }

    [KeepalivedFact]
    public async Task Keepalived_in_the_same_network_is_named_with_the_command_that_ends_it()
    {
        using var two = new TwoDirectors(output);
        var file = Path.Combine(two.Stage.Namespaces.Directory, "keepalived.conf");
        File.Copy(two.First.ConfigFile, file);
        using var keepalived = two.MachineOf(two.First).Start(
            "keepalived", "-P", "-n", "-l", "-f", file, "-p", file + ".pid", "-r", file + ".vrrp.pid");
        await two.UntilAsync("keepalived is up", () =>
            keepalived.Lines.Any(line => line.Contains("BACKUP STATE", StringComparison.Ordinal)));

        AssertRefusal(two, two.Run(two.First), "keepalived runs here too", "to clear it: ");

        keepalived.Kill("TERM");
        Assert.True(keepalived.Wait(Patience));
    }

    private static void AssertRefused(TwoDirectors two, string[] more, params string[] said)
    {
        AssertRefusal(two, two.Run(two.First, more), said);
        Assert.True(two.HasLeftNothing(two.First));
    }

    private static void AssertRefusal(TwoDirectors two, NamespaceProcess process, params string[] said)
    {
        using (process)
        {
            Assert.True(process.Wait(Patience), "it runs: " + string.Join('\n', process.Lines));
            var told = string.Join('\n', process.Lines);
            Assert.True(process.ExitCode == 1, $"exit code {process.ExitCode}: {told}");
            foreach (var sentence in said) Assert.Contains(sentence, told, StringComparison.Ordinal);
            // Sentences, not the inside of the program.
            Assert.DoesNotContain("xception", told, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", told, StringComparison.Ordinal);
        }
    }
}
