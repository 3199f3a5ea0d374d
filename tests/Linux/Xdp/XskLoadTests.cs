using System.Diagnostics;
using System.Globalization;
using Director.Datapath.Ports;
using Director.Lab.Namespaces;
using Director.Linux.Bpf;
using Director.Linux.Xdp;
using Director.Tests.Support;
using Xunit.Abstractions;

namespace Director.Tests.Linux.Xdp;

/// <summary>More frames than a worker can take, made by the kernel itself.</summary>
[Collection("kernel")]
public sealed class XskLoadTests(ITestOutputHelper output)
{
    private const int Generated = 500_000;
    private const int Count = Generated + 1;

    [KernelFact]
    public void Under_overload_what_is_not_forwarded_is_counted_and_no_frame_is_lost()
    {
        using var net = new SteeredNet();
        var port = net.Serve();
        var batch = new FrameBatch();
        // The first frame pays for what the runtime makes on first use.
        net.ClientWire.Send(SteeredNet.ToVip());
        net.Settle(() => Turn(port, batch));

        var generator = Start(net);
        var watch = Stopwatch.StartNew();
        long forwarded = 0;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        while (generator.IsAlive) forwarded += Turn(port, batch);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        net.Settle(() => forwarded += Turn(port, batch));
        output.WriteLine($"{forwarded} of {Generated} forwarded, {forwarded / watch.Elapsed.TotalSeconds / 1e6:F2} Mpps");
        generator.Join();

        Assert.Equal(0, allocated);
        var front = port.Statistics.Sockets[0];
        var back = port.Statistics.Sockets[1];
        // A veth drops before the program what its own ring cannot hold.
        var redirected = net.Front.Counts()[SteeringCounter.Redirected];
        Assert.InRange(redirected, 2ul, (ulong)Count);
        Assert.Equal(redirected, (ulong)front.Received + front.RxDropped + front.RxRingFull);
        Assert.Equal(front.Received, back.Transmitted + back.TransmitFull);
        Assert.Equal(0, front.RefusedAddresses + back.RefusedAddresses);
        Assert.Equal(port.Frames.Frames, port.Frames.Free + port.Lanes.Sum(lane => lane.Posted));
        var (arrived, dropped) = (Counter(net.Server, "eth0", "rx_packets"), Counter(net.Director, "eth1", "tx_dropped"));
        Assert.Equal(back.Transmitted, arrived + dropped);
    }

    private static Thread Start(SteeredNet net)
    {
        var generator = new Thread(() => NamespaceThread.Run(net.Client, () =>
        {
            var index = XdpDevice.Open("eth0").Index;
            var code = new Assembler();
            code.Move(BpfRegister.R1, index);
            code.Move(BpfRegister.R2, 0);
            code.Call(BpfHelper.Redirect);
            code.Exit();
            using var program = BpfProgram.Load("test_generate", code.Assemble());
            program.RunLive(SteeredNet.ToVip(), Generated, index);
        }));
        generator.Start();
        return generator;
    }

    private static int Turn(XskPort port, FrameBatch batch)
    {
        var received = port.Receive(batch);
        for (var i = 0; i < received; i++) SteeredNet.ToServer(batch, i);
        port.Commit(batch);
        return received;
    }

    private static long Counter(NetworkNamespace where, string link, string name) =>
        long.Parse(where.Run("cat", $"/sys/class/net/{link}/statistics/{name}").Trim(), CultureInfo.InvariantCulture);
}
