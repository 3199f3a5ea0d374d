using Director.Linux;
using Director.Linux.Abi;
using Director.Linux.Bpf;
using Director.Tests.Support;
using static Director.Linux.Bpf.BpfRegister;

namespace Director.Tests.Linux.Bpf;

[Collection("kernel")]
public sealed class BpfProgramTests
{
    [KernelFact]
    public void A_program_runs_on_a_frame_without_a_device()
    {
        var code = new Assembler();
        code.Move(R0, (int)XdpVerdict.Transmit);
        code.Exit();
        using var program = BpfProgram.Load("test_tx", code.Assemble());
        Assert.Equal(XdpVerdict.Transmit, (XdpVerdict)program.TestRun(new byte[14]).Result);
    }

    [KernelFact]
    public void What_the_verifier_refuses_comes_back_with_the_reason_that_it_gives()
    {
        var code = new Assembler();
        code.Load(32, R2, R1, 0);
        code.Load(8, R0, R2, 0);
        code.Exit();
        var refusal = Assert.Throws<LinuxException>(() => BpfProgram.Load("test_bad", code.Assemble()));
        Assert.Equal(Errno.EACCES, refusal.Errno);
        Assert.Contains("test_bad", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("invalid access to packet", refusal.Message, StringComparison.Ordinal);
    }
}
