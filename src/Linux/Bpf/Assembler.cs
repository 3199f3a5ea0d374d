namespace Director.Linux.Bpf;

/// <summary>
/// Assembles BPF instructions (RFC 9669) with labels for jumps: one method per mnemonic, operands destination first. What it cannot
/// encode is a mistake of the program's author and throws at once; what the verifier refuses comes back from
/// <see cref="BpfProgram.Load"/>. Sizes are in bits.
/// </summary>
internal sealed class Assembler
{
    private const byte ClassLoadImmediate = 0x00;
    private const byte ClassLoad = 0x01;
    private const byte ClassStoreImmediate = 0x02;
    private const byte ClassStore = 0x03;
    private const byte ClassJump = 0x05;
    private const byte ClassJump32 = 0x06;
    private const byte ClassArithmetic64 = 0x07;
    private const byte ModeMemory = 0x60;
    private const byte SizeDouble = 0x18;
    private const byte SourceRegister = 0x08;
    private const byte OperationCall = 0x80;
    private const byte OperationExit = 0x90;
    private const byte OperationByteSwapToBig = 0xdc;
    private const byte ModeAtomic = 0xc0;

    private readonly List<ulong> _instructions = [];
    private readonly List<int> _labels = [];
    private readonly List<(int Instruction, BpfLabel Target)> _jumps = [];

    /// <summary>Instruction slots so far.</summary>
    public int Length => _instructions.Count;

    /// <summary>A new place to jump to, to be put down once by <see cref="Mark"/>.</summary>
    public BpfLabel NewLabel()
    {
        _labels.Add(-1);
        return new(_labels.Count - 1);
    }

    /// <summary>Puts <paramref name="label"/> before the next instruction.</summary>
    public void Mark(BpfLabel label)
    {
        if (_labels[label.Number] >= 0) throw new InvalidOperationException("a label stands in one place only");
        _labels[label.Number] = _instructions.Count;
    }

    /// <summary><c>destination = value</c>, sign-extended to 64 bits.</summary>
    public void Move(BpfRegister destination, int value) => Arithmetic(0xb0, destination, value);

    /// <summary><c>destination = source</c>.</summary>
    public void Move(BpfRegister destination, BpfRegister source) => Arithmetic(0xb0, destination, source);

    /// <summary><c>destination += value</c>.</summary>
    public void Add(BpfRegister destination, int value) => Arithmetic(0x00, destination, value);

    /// <summary><c>destination += source</c>.</summary>
    public void Add(BpfRegister destination, BpfRegister source) => Arithmetic(0x00, destination, source);

    /// <summary><c>destination -= source</c>.</summary>
    public void Subtract(BpfRegister destination, BpfRegister source) => Arithmetic(0x10, destination, source);

    /// <summary><c>destination |= source</c>.</summary>
    public void Or(BpfRegister destination, BpfRegister source) => Arithmetic(0x40, destination, source);

    /// <summary><c>destination ^= value</c>, which is sign-extended to 64 bits.</summary>
    public void Xor(BpfRegister destination, int value) => Arithmetic(0xa0, destination, value);

    /// <summary><c>destination *= source</c>.</summary>
    public void Multiply(BpfRegister destination, BpfRegister source) => Arithmetic(0x20, destination, source);

    /// <summary><c>destination ^= source</c>.</summary>
    public void Xor(BpfRegister destination, BpfRegister source) => Arithmetic(0xa0, destination, source);

    /// <summary><c>destination &amp;= value</c>, which is sign-extended to 64 bits.</summary>
    public void And(BpfRegister destination, int value) => Arithmetic(0x50, destination, value);

    /// <summary><c>destination &lt;&lt;= bits</c>.</summary>
    public void ShiftLeft(BpfRegister destination, int bits) => Arithmetic(0x60, destination, bits);

    /// <summary><c>destination &gt;&gt;= bits</c>, unsigned.</summary>
    public void ShiftRight(BpfRegister destination, int bits) => Arithmetic(0x70, destination, bits);

    /// <summary>Turns a 16, 32 or 64-bit number from host order to network order or back, clearing the bits above.</summary>
    public void SwapNetworkOrder(BpfRegister destination, int bits) => Emit(OperationByteSwapToBig, destination, 0, 0, bits);

    /// <summary><c>destination = *(address + offset)</c>, zero-extended.</summary>
    public void Load(int bits, BpfRegister destination, BpfRegister address, int offset) =>
        Emit((byte)(ClassLoad | ModeMemory | SizeOf(bits)), destination, address, offset, 0);

    /// <summary><c>*(address + offset) = source</c>.</summary>
    public void Store(int bits, BpfRegister address, int offset, BpfRegister source) =>
        Emit((byte)(ClassStore | ModeMemory | SizeOf(bits)), address, source, offset, 0);

    /// <summary><c>*(address + offset) = value</c>.</summary>
    public void Store(int bits, BpfRegister address, int offset, int value) =>
        Emit((byte)(ClassStoreImmediate | ModeMemory | SizeOf(bits)), address, 0, offset, value);

    /// <summary><c>*(address + offset) += source</c>, in 64 bits and at once for all processors.</summary>
    public void AddAtomically(BpfRegister address, int offset, BpfRegister source) =>
        Emit(ClassStore | ModeAtomic | SizeDouble, address, source, offset, 0);

    /// <summary><c>destination = value</c>, of all 64 bits.</summary>
    public void LoadConstant(BpfRegister destination, ulong value) => LoadWide(destination, 0, (uint)value, (uint)(value >> 32));

    /// <summary><c>destination = the map</c>, as helpers take it.</summary>
    public void LoadMap(BpfRegister destination, int mapDescriptor) =>
        LoadWide(destination, Abi.BpfAbi.BPF_PSEUDO_MAP_FD, (uint)mapDescriptor, 0);

    /// <summary>
    /// <c>destination = address of the value</c> of an array's first entry, <paramref name="offset"/> bytes into it: a lookup that costs
    /// nothing (RFC 9669 §5.4, <c>map_val</c>).
    /// </summary>
    public void LoadMapValue(BpfRegister destination, int mapDescriptor, int offset = 0) =>
        LoadWide(destination, Abi.BpfAbi.BPF_PSEUDO_MAP_VALUE, (uint)mapDescriptor, (uint)offset);

    /// <summary>Goes on at <paramref name="target"/>.</summary>
    public void Jump(BpfLabel target) => Branch(ClassJump, 0, 0, 0, target);

    /// <summary>
    /// Goes on at <paramref name="target"/> if <c>left condition right</c>, in 64 bits, <paramref name="right"/> sign-extended.
    /// </summary>
    public void JumpIf(BpfRegister left, BpfCondition condition, int right, BpfLabel target) =>
        Branch((byte)((byte)condition | ClassJump), left, 0, right, target);

    /// <summary>Goes on at <paramref name="target"/> if <c>left condition right</c>, in 64 bits.</summary>
    public void JumpIf(BpfRegister left, BpfCondition condition, BpfRegister right, BpfLabel target) =>
        Branch((byte)((byte)condition | ClassJump | SourceRegister), left, right, 0, target);

    /// <summary>
    /// Goes on at <paramref name="target"/> if <c>left condition right</c> in the low 32 bits: for numbers with the top bit set.
    /// </summary>
    public void JumpIf32(BpfRegister left, BpfCondition condition, int right, BpfLabel target) =>
        Branch((byte)((byte)condition | ClassJump32), left, 0, right, target);

    /// <summary>Calls the kernel: arguments in r1–r5, which are lost; result in r0.</summary>
    public void Call(BpfHelper helper) => Emit(ClassJump | OperationCall, 0, 0, 0, (int)helper);

    /// <summary>Ends the program with the verdict in r0.</summary>
    public void Exit() => Emit(ClassJump | OperationExit, 0, 0, 0, 0);

    /// <summary>The program, its jumps resolved.</summary>
    /// <exception cref="InvalidOperationException">A label was jumped to but never marked, or stands too far away.</exception>
    public ulong[] Assemble()
    {
        var program = _instructions.ToArray();
        foreach (var (instruction, target) in _jumps)
        {
            var place = _labels[target.Number];
            if (place < 0) throw new InvalidOperationException("a jump leads to a label that is nowhere");
            // Offsets count from the instruction after the jump (RFC 9669 §4.3).
            program[instruction] |= (ulong)(ushort)checked((short)(place - instruction - 1)) << 16;
        }

        return program;
    }

    private static byte SizeOf(int bits) => bits switch
    {
        8 => 0x10,
        16 => 0x08,
        32 => 0x00,
        64 => SizeDouble,
        _ => throw new ArgumentOutOfRangeException(nameof(bits), bits, "memory is read and written in 8, 16, 32 or 64 bits"),
    };

    private void Arithmetic(byte operation, BpfRegister destination, int value) =>
        Emit((byte)(operation | ClassArithmetic64), destination, 0, 0, value);

    private void Arithmetic(byte operation, BpfRegister destination, BpfRegister source) =>
        Emit((byte)(operation | ClassArithmetic64 | SourceRegister), destination, source, 0, 0);

    // Two slots: the second has the upper half of the immediate.
    private void LoadWide(BpfRegister destination, int kind, uint lower, uint upper)
    {
        Emit(ClassLoadImmediate | SizeDouble, destination, (BpfRegister)kind, 0, (int)lower);
        _instructions.Add((ulong)upper << 32);
    }

    private void Branch(byte code, BpfRegister left, BpfRegister right, int value, BpfLabel target)
    {
        _jumps.Add((_instructions.Count, target));
        Emit(code, left, right, 0, value);
    }

    // RFC 9669 §3: opcode, registers (source in the high nibble), 16-bit offset, 32-bit immediate; little-endian as a 64-bit number.
    private void Emit(byte code, BpfRegister destination, BpfRegister source, int offset, int immediate) =>
        _instructions.Add(code | (ulong)destination << 8 | (ulong)source << 12 | (ulong)(ushort)checked((short)offset) << 16
            | (ulong)(uint)immediate << 32);
}
