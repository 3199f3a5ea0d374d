using Director.Bfd;
using Director.Bfd.Wire;
using Director.Tests.Bfd.Support;

namespace Director.Tests.Bfd.Wire;

public class BfdControlTests
{
    // By RFC 5880 §4.1: version 1, diagnostic 3, state Down, poll, multiplier 5, 1 s, 10 ms.
    private const string Down = "23600518" + "11223344" + "00000000" + "000f4240" + "00002710" + "00000000";
    private const string UpFinal = "20d00318" + "0a0b0c0d" + "11223344" + "0000c350" + "0000ea60" + "00000000";

    // Captured from keepalived 2.2.7, coming up, and from FRR 8.4.4, alone and then answering it (which offers echo every 50 ms).
    private const string Keepalived = "20e00418" + "8bdea814" + "4b177405" + "00011170" + "0000ea60" + "00000000";
    private const string FrrAlone = "20400318" + "4b177405" + "00000000" + "000f4240" + "000f4240" + "0000c350";
    private const string FrrFinal = "20d00318" + "4b177405" + "8bdea814" + "00009c40" + "0000c350" + "0000c350";

    [Fact]
    public void A_packet_of_keepalived_s_is_byte_for_byte_what_ours_would_be() => Assert.Equal(Keepalived, Written(new()
    {
        State = BfdState.Up,
        IsPoll = true,
        DetectMultiplier = 4,
        MyDiscriminator = 0x8bdea814,
        YourDiscriminator = 0x4b177405,
        DesiredMinTxMicroseconds = 70_000,
        RequiredMinRxMicroseconds = 60_000,
    }));

    [Fact]
    public void Packets_of_FRR_s_say_what_it_was_told_to()
    {
        Assert.Equal(BfdRejection.None, BfdControl.TryParse(Convert.FromHexString(FrrAlone), out var alone));
        Assert.Equal(new()
        {
            State = BfdState.Down,
            DetectMultiplier = 3,
            MyDiscriminator = 0x4b177405,
            DesiredMinTxMicroseconds = 1_000_000,
            RequiredMinRxMicroseconds = 1_000_000,
        }, alone);
        Assert.Equal(BfdRejection.None, BfdControl.TryParse(Convert.FromHexString(FrrFinal), out var final));
        Assert.Equal(new()
        {
            State = BfdState.Up,
            IsFinal = true,
            DetectMultiplier = 3,
            MyDiscriminator = 0x4b177405,
            YourDiscriminator = 0x8bdea814,
            DesiredMinTxMicroseconds = 40_000,
            RequiredMinRxMicroseconds = 50_000,
        }, final);
    }

    [Fact]
    public void Packets_are_written_byte_for_byte_into_a_buffer_full_of_junk()
    {
        Assert.Equal(Down, Written(new()
        {
            State = BfdState.Down,
            Diagnostic = BfdDiagnostic.NeighborSignaledDown,
            IsPoll = true,
            DetectMultiplier = 5,
            MyDiscriminator = 0x11223344,
            DesiredMinTxMicroseconds = 1_000_000,
            RequiredMinRxMicroseconds = 10_000,
        }));
        Assert.Equal(UpFinal, Written(new()
        {
            State = BfdState.Up,
            IsFinal = true,
            DetectMultiplier = 3,
            MyDiscriminator = 0x0a0b0c0d,
            YourDiscriminator = 0x11223344,
            DesiredMinTxMicroseconds = 50_000,
            RequiredMinRxMicroseconds = 60_000,
        }));
    }

    [Theory]
    [InlineData(Down)]
    [InlineData(UpFinal)]
    [InlineData("28c20518" + "11223344" + "55667788" + "000f4240" + "00002710" + "00000000", false)]
    public void What_is_read_says_the_same_when_it_is_written(string hex, bool isOurs = true)
    {
        Assert.Equal(BfdRejection.None, BfdControl.TryParse(Convert.FromHexString(hex), out var control));
        if (isOurs) Assert.Equal(hex, Written(control));
        Assert.Equal(control, Reread(control));
    }

    [Fact]
    public void Every_field_is_read()
    {
        Assert.True(BfdHeader.TryRead(Convert.FromHexString("3fbf0a1801020304050607080000000a0000000b0000000c"), out var header));
        Assert.Equal((1, (BfdDiagnostic)31, BfdState.Init, 10, 24),
            (header.Version, header.Diagnostic, header.State, header.DetectMultiplier, header.Length));
        Assert.True(header.IsPoll && header.IsFinal && header.IsControlPlaneIndependent && header.IsAuthenticated && header.IsDemand
            && header.IsMultipoint);
        Assert.Equal((0x01020304u, 0x05060708u, 10u, 11u, 12u), (header.MyDiscriminator, header.YourDiscriminator,
            header.DesiredMinTxMicroseconds, header.RequiredMinRxMicroseconds, header.RequiredMinEchoRxMicroseconds));
        Assert.True(BfdHeader.TryRead(Convert.FromHexString("204000000000000000000000000000000000000000000000"), out header));
        Assert.False(header.IsPoll || header.IsFinal || header.IsControlPlaneIndependent || header.IsAuthenticated || header.IsDemand
            || header.IsMultipoint);
    }

    [Fact]
    public void A_packet_cut_anywhere_is_truncated_and_one_with_more_behind_it_is_not()
    {
        var whole = Convert.FromHexString(UpFinal);
        for (var length = 0; length < whole.Length; length++)
            Assert.Equal(BfdRejection.Truncated, BfdControl.TryParse(whole.AsSpan(0, length), out _));
        Assert.Equal(BfdRejection.None, BfdControl.TryParse([.. whole, 1, 2, 3], out _));
    }

    [Theory]
    [InlineData(0, 0x00, BfdRejection.Version)]
    [InlineData(0, 0x40, BfdRejection.Version)]
    [InlineData(2, 0x00, BfdRejection.DetectMultiplier)]
    [InlineData(3, 23, BfdRejection.Length)]
    [InlineData(3, 25, BfdRejection.Length)]
    [InlineData(3, 0, BfdRejection.Length)]
    [InlineData(1, 0xd1, BfdRejection.Multipoint)]
    [InlineData(1, 0xd4, BfdRejection.Length)]
    public void One_wrong_byte_is_named(int offset, byte value, BfdRejection expected)
    {
        var packet = Convert.FromHexString(UpFinal);
        packet[offset] = value;
        Assert.Equal(expected, BfdControl.TryParse(packet, out _));
    }

    [Fact]
    public void Discriminators_are_asked_for()
    {
        Assert.Equal(BfdRejection.MyDiscriminator,
            BfdControl.TryParse(SomeBfd.Bytes(SomeBfd.Control(BfdState.Down) with { MyDiscriminator = 0 }), out _));
        foreach (var state in Enum.GetValues<BfdState>())
        {
            var expected = state is BfdState.Init or BfdState.Up ? BfdRejection.YourDiscriminator : BfdRejection.None;
            Assert.Equal(expected, BfdControl.TryParse(SomeBfd.Bytes(SomeBfd.Control(state)), out _));
            Assert.Equal(BfdRejection.None, BfdControl.TryParse(SomeBfd.Bytes(SomeBfd.Control(state, your: 7)), out _));
        }
    }

    [Fact]
    public void An_authentication_section_is_seen_if_it_is_there()
    {
        var packet = Convert.FromHexString(UpFinal);
        packet[1] |= 0x04;
        packet[3] = 26;
        Assert.Equal(BfdRejection.Length, BfdControl.TryParse(packet, out _));
        Assert.Equal(BfdRejection.None, BfdControl.TryParse([.. packet, 1, 2], out var control));
        Assert.True(control.IsAuthenticated);
    }

    private static string Written(BfdControl control)
    {
        var buffer = new byte[BfdHeader.Size + 1];
        buffer.AsSpan().Fill(0xee);
        control.WriteTo(buffer);
        Assert.Equal(0xee, buffer[^1]);
        return Convert.ToHexStringLower(buffer.AsSpan(0, BfdHeader.Size));
    }

    private static BfdControl Reread(in BfdControl control)
    {
        Assert.Equal(BfdRejection.None, BfdControl.TryParse(SomeBfd.Bytes(control), out var again));
        return again;
    }
}
