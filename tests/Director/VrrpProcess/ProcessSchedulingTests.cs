using System.Globalization;
using Director.Linux;
using Director.Tests.Linux.Vrrp;
using Director.Tests.Support;
using Director.VrrpProcess;

namespace Director.Tests.VrrpProcess;

/// <summary>How a real VRRP process is scheduled.</summary>
public sealed class ProcessSchedulingTests
{
    private const int RoundRobin = 2; // SCHED_RR of sched(7)

    [Fact]
    public void Settings_have_these_bytes_and_are_read_back()
    {
        var buffer = new byte[ControlLimits.MessageSize];
        var settings = new SchedulingSettings(20, -5) { Processors = [1, 3] };
        var message = ControlCodec.WriteScheduling(buffer, settings);
        Assert.Equal("020a" + "14" + "01" + "fffffffb" + "00000002" + "00000001" + "00000003", Convert.ToHexStringLower(message));
        Assert.True(ControlReader.TryRead(message, out var kind, out var reader));
        Assert.Equal(ControlKind.Scheduling, kind);
        Assert.True(ControlCodec.TryReadScheduling(ref reader, out var read));
        Assert.Equal(settings, read);
    }

    [KernelFact]
    public void All_threads_have_real_time_priority_the_one_of_adverts_the_highest_and_the_processors_that_are_asked_for()
    {
        var processor = ThreadPinning.Allowed()[^1];
        var scheduling = new SchedulingSettings(20, -5) { Processors = [processor] };
        using var lab = new VrrpLab();
        using var node = new SupervisedNode(lab.A, new() { Instances = [VrrpLab.Instance(254)], Scheduling = scheduling });
        VrrpLab.Await("its being master", () => VrrpLab.HasVip(lab.A), () => node.Picture);

        var threads = Directory.GetDirectories($"/proc/{node.ChildId}/task").ToDictionary(thread => Path.GetFileName(thread)!, Read);

        var expected = processor.ToString(CultureInfo.InvariantCulture);
        Assert.True(threads.Remove(node.ChildId.ToString(CultureInfo.InvariantCulture), out var adverts));
        Assert.Equal((expected, 20, RoundRobin, -5), adverts);
        Assert.NotEmpty(threads);
        Assert.All(threads.Values, thread => Assert.Equal((expected, 19, RoundRobin, -5), thread));
    }

    // proc_pid_stat(5): fields 40 rt_priority, 41 policy, 19 nice; proc_pid_status(5).
    private static (string Processors, int RealTimePriority, int Policy, int Nice) Read(string thread)
    {
        const string Allowed = "Cpus_allowed_list:";
        var text = File.ReadAllText(thread + "/stat");
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        var processors = File.ReadLines(thread + "/status").Single(line => line.StartsWith(Allowed, StringComparison.Ordinal));
        return (processors[Allowed.Length..].Trim(), Field(40), Field(41), Field(19));

        int Field(int number) => int.Parse(fields[number - 3], CultureInfo.InvariantCulture);
    }
}
