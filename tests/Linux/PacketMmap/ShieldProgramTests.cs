using Director.Linux.Bpf;
using Director.Linux.PacketMmap;
using Director.Linux.Xdp;
using Director.Net.Wire;
using Director.Tests.Linux.Xdp;
using Director.Tests.Support;
using static Director.Tests.Linux.Xdp.SteeringProgramTests;

namespace Director.Tests.Linux.PacketMmap;

/// <summary>The shield drops what the steering program redirects, and leaves what that leaves: one rule in two programs.</summary>
[Collection("kernel")]
public sealed class ShieldProgramTests
{
    private const int Ipv6Header = 40;

    [KernelFact]
    public void A_frame_cut_anywhere_meets_the_same_fate_at_both_and_is_counted_alike()
    {
        using var bench = NewBench();
        bench.IsServed = true;
        foreach (var bend in Enum.GetValues<Bend>())
        {
            var frame = Make(bend);
            for (var length = TestFrame.Ethernet; length <= frame.Length; length++)
                Compare(bench, frame[..length], $"{bend} cut to {length}");
        }
    }

    [KernelTheory]
    [InlineData(1)]
    [InlineData(2)]
    public void Bent_and_random_frames_meet_the_same_fate_at_both(int seed)
    {
        var random = new Random(seed);
        using var bench = NewBench();
        bench.IsServed = true;
        var bends = Enum.GetValues<Bend>();
        for (var round = 0; round < 5_000; round++)
        {
            var frame = Make(bends[random.Next(bends.Length)]);
            for (var i = random.Next(4); i > 0; i--) frame[random.Next(frame.Length)] = (byte)random.Next(256);
            if (random.Next(8) == 0) random.NextBytes(frame.AsSpan(random.Next(frame.Length)));
            Compare(bench, frame, $"seed {seed} round {round}");
        }
    }

    private static void Compare(ProgramBench bench, byte[] frame, string what)
    {
        // Of less the kernel makes no packet to test with (Linux net/bpf/test_run.c, bpf_prog_test_run_skb).
        EthernetHeader.TryRead(frame, out var ethernet);
        // The stack takes a tag out before it shows the frame to the shield.
        if (ethernet.Type == EtherType.Vlan) return;
        if (frame.Length < TestFrame.Ip + (ethernet.Type == EtherType.Ipv6 ? Ipv6Header : Ipv4Header.MinSize)) return;
        var start = bench.Counts();
        var redirected = bench.Run(frame) == XdpVerdict.Redirect;
        var between = bench.Counts();
        var dropped = bench.RunShield(frame) == ShieldProgram.Drop;
        var end = bench.Counts();
        var alike = redirected == dropped && Moved(start, between) == Moved(between, end);
        if (!alike) Assert.Fail($"{what}: {Moved(start, between)}, {Moved(between, end)}: {Convert.ToHexString(frame)}");
    }

    private static SteeringCounter Moved(ulong[] before, ulong[] after) =>
        Assert.Single(Enum.GetValues<SteeringCounter>(), counter => after[(int)counter] == before[(int)counter] + 1);
}
