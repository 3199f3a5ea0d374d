using Director.Linux.Bpf;
using static Director.Linux.Bpf.BpfCondition;
using static Director.Linux.Bpf.BpfRegister;

namespace Director.Tests.Linux.Bpf;

public sealed class AssemblerTests
{
    // opcode, registers (source << 4 | destination), offset, immediate: the columns of RFC 9669 §3.
    [Fact]
    public void Instructions_are_encoded_as_the_standard_has_them()
    {
        AssertCode(code => code.Move(R6, -1), (0xb7, 0x06, 0, -1));
        AssertCode(code => code.Move(R6, R1), (0xbf, 0x16, 0, 0));
        AssertCode(code => code.Add(R2, 34), (0x07, 0x02, 0, 34));
        AssertCode(code => code.Add(R2, R9), (0x0f, 0x92, 0, 0));
        AssertCode(code => code.Subtract(R2, R9), (0x1f, 0x92, 0, 0));
        AssertCode(code => code.Or(R2, R9), (0x4f, 0x92, 0, 0));
        AssertCode(code => code.Xor(R2, 0xffff), (0xa7, 0x02, 0, 0xffff));
        AssertCode(code => code.Multiply(R0, R1), (0x2f, 0x10, 0, 0));
        AssertCode(code => code.Xor(R0, R4), (0xaf, 0x40, 0, 0));
        AssertCode(code => code.And(R2, 0xf0), (0x57, 0x02, 0, 0xf0));
        AssertCode(code => code.ShiftLeft(R9, 2), (0x67, 0x09, 0, 2));
        AssertCode(code => code.ShiftRight(R9, 2), (0x77, 0x09, 0, 2));
        AssertCode(code => code.SwapNetworkOrder(R2, 16), (0xdc, 0x02, 0, 16));
        AssertCode(code => code.Load(8, R2, R7, 14), (0x71, 0x72, 14, 0));
        AssertCode(code => code.Load(16, R2, R7, 12), (0x69, 0x72, 12, 0));
        AssertCode(code => code.Load(32, R7, R1, 0), (0x61, 0x17, 0, 0));
        AssertCode(code => code.Load(64, R1, R0, 0), (0x79, 0x01, 0, 0));
        AssertCode(code => code.Store(8, Frame, -5, 0), (0x72, 0x0a, -5, 0));
        AssertCode(code => code.Store(16, Frame, -8, R2), (0x6b, 0x2a, -8, 0));
        AssertCode(code => code.Store(32, Frame, -12, R2), (0x63, 0x2a, -12, 0));
        AssertCode(code => code.Store(64, Frame, -24, 0), (0x7a, 0x0a, -24, 0));
        AssertCode(code => code.Store(64, R0, 0, R1), (0x7b, 0x10, 0, 0));
        AssertCode(code => code.Call(BpfHelper.RedirectMap), (0x85, 0, 0, 51));
        AssertCode(code => code.Exit(), (0x95, 0, 0, 0));
        AssertCode(code => code.AddAtomically(R8, 48, R0), (0xdb, 0x08, 48, 0));
        AssertCode(code => code.LoadMap(R1, 7), (0x18, 0x11, 0, 7), (0, 0, 0, 0));
        AssertCode(code => code.LoadMapValue(R8, 7, 64), (0x18, 0x28, 0, 7), (0, 0, 0, 64));
        AssertCode(code => code.LoadConstant(R2, 0x0123_4567_fedc_ba98), (0x18, 0x02, 0, -0x0123_4568), (0, 0, 0, 0x0123_4567));
    }

    [Fact]
    public void Jumps_count_slots_from_the_next_one_forward_and_back_and_a_map_load_is_two()
    {
        AssertCode(code =>
        {
            var end = code.NewLabel();
            var start = code.NewLabel();
            code.Mark(start);
            code.JumpIf(R2, Above, R8, end);
            code.LoadMap(R1, 3);
            code.JumpIf32(R2, NotEqual, 5, start);
            code.Jump(end);
            code.Mark(end);
            code.Exit();
        }, (0x2d, 0x82, 4, 0), (0x18, 0x11, 0, 3), (0, 0, 0, 0), (0x56, 0x02, -4, 5), (0x05, 0, 0, 0), (0x95, 0, 0, 0));
    }

    [Theory]
    [InlineData(Equal, 0x15)]
    [InlineData(Above, 0x25)]
    [InlineData(AboveOrEqual, 0x35)]
    [InlineData(AnyBitOf, 0x45)]
    [InlineData(NotEqual, 0x55)]
    [InlineData(Below, 0xa5)]
    [InlineData(BelowOrEqual, 0xb5)]
    internal void Conditions_have_the_codes_of_the_standard(BpfCondition condition, int opcode) => AssertCode(code =>
    {
        var next = code.NewLabel();
        code.JumpIf(R3, condition, 1, next);
        code.Mark(next);
    }, ((byte)opcode, 0x03, 0, 1));

    [Fact]
    public void A_label_that_is_nowhere_or_in_two_places_is_refused()
    {
        var code = new Assembler();
        var label = code.NewLabel();
        code.Jump(label);
        Assert.Throws<InvalidOperationException>(code.Assemble);
        code.Mark(label);
        Assert.Throws<InvalidOperationException>(() => code.Mark(label));
    }

    [Fact]
    public void What_cannot_be_encoded_is_refused()
    {
        var code = new Assembler();
        Assert.Throws<ArgumentOutOfRangeException>(() => code.Load(24, R0, R1, 0));
        Assert.Throws<OverflowException>(() => code.Load(8, R0, R1, 40000));
    }

    [Fact]
    public void A_jump_further_than_sixteen_bits_is_refused()
    {
        var code = new Assembler();
        var far = code.NewLabel();
        code.Jump(far);
        for (var i = 0; i < 40000; i++) code.Move(R0, 0);
        code.Mark(far);
        Assert.Throws<OverflowException>(code.Assemble);
    }

    private static void AssertCode(Action<Assembler> write, params (byte Code, byte Registers, short Offset, int Immediate)[] expected)
    {
        var code = new Assembler();
        write(code);
        Assert.Equal(expected, code.Assemble().Select(word => ((byte)word, (byte)(word >> 8), (short)(word >> 16), (int)(word >> 32))));
    }
}
