using System.Buffers.Binary;
using Director.Checks.Probes;
using Director.Net;

namespace Director.Tests.Checks.Probes;

public sealed class DatagramProbeTests
{
    [Theory]
    [InlineData(DnsRecordType.SOA, ".", "123401000001000000000000" + "00" + "00060001")]
    [InlineData(DnsRecordType.SOA, "", "123401000001000000000000" + "00" + "00060001")]
    [InlineData(DnsRecordType.A, "www.example", "123401000001000000000000" + "03777777076578616d706c6500" + "00010001")]
    [InlineData(DnsRecordType.AAAA, "www.example.", "123401000001000000000000" + "03777777076578616d706c6500" + "001c0001")]
    [InlineData(DnsRecordType.DNSKEY, "a", "123401000001000000000000" + "016100" + "00300001")]
    public void A_question_is_that_of_RFC_1035(DnsRecordType type, string name, string expected)
    {
        var buffer = new byte[DnsMessage.LongestQuestion];
        buffer.AsSpan().Fill(0xee);
        var length = DnsMessage.WriteQuestion(buffer, 0x1234, type, name);
        Assert.Equal(expected, Convert.ToHexStringLower(buffer.AsSpan(0, length)));
    }

    [Fact]
    public void The_longest_name_fits_and_a_longer_one_is_none()
    {
        var buffer = new byte[DnsMessage.LongestQuestion];
        var longest = string.Join('.', new string('a', 63), new string('b', 63), new string('c', 63), new string('d', 61));
        Assert.Equal(DnsMessage.LongestQuestion, DnsMessage.WriteQuestion(buffer, 1, DnsRecordType.A, longest));
        foreach (var bad in new[] { longest + "d", new string('a', 64), "a..b", ".a" })
            Assert.Throws<ArgumentException>(() => DnsMessage.WriteQuestion(buffer, 1, DnsRecordType.A, bad));
    }

    [Theory]
    // An answer without an error is good whatever it holds: nothing, cut short (TC), from a cache or not.
    [InlineData("1234818000010001", true, null)]
    [InlineData("1234800000000000", true, null)]
    [InlineData("1234838000010000", true, null)]
    [InlineData("1234818100010000", true, "answered FORMERR")]
    [InlineData("1234818200010000", true, "answered SERVFAIL")]
    [InlineData("1234818300010000", true, "answered NXDOMAIN")]
    [InlineData("1234818500010000", true, "answered REFUSED")]
    [InlineData("1234818f00010000", true, "answered code 15")]
    // Another's, a question, a stump: to be ignored.
    [InlineData("1235818000010001", false, null)]
    [InlineData("1234010000010000", false, null)]
    [InlineData("12348180", false, null)]
    [InlineData("", false, null)]
    public void The_code_of_an_answer_decides(string start, bool isAnswer, string? reason)
    {
        var datagram = Convert.FromHexString(start.Length == 16 ? start + "00000000" : start);
        ProbeResult? expected = !isAnswer ? null : reason is null ? ProbeResult.Success : ProbeResult.Failure(reason);
        Assert.Equal(expected, DnsMessage.Verdict(datagram, 0x1234));
    }

    [Theory]
    [InlineData("", 0, 255, "", null)]
    [InlineData("", 0, 255, "00", null)]
    [InlineData("6f6b", 0, 255, "6f6b", null)]
    [InlineData("6f6b", 0, 255, "6f6b21", null)]
    // As with keepalived a reply that ends before the pattern does is good as far as it goes.
    [InlineData("6f6b", 0, 255, "6f", null)]
    [InlineData("6f6b", 2, 255, "6f", "a reply of 1 bytes is too short")]
    [InlineData("6f6b", 0, 1, "6f6b", "a reply of over 1 bytes")]
    [InlineData("6f6b", 0, 255, "6f6c", "another reply than is required")]
    [InlineData("6fx1", 0, 255, "6fa1", null)]
    [InlineData("6fx1", 0, 255, "6fa2", "another reply than is required")]
    [InlineData("6f1X", 0, 255, "6f1f", null)]
    [InlineData("xxxx", 0, 255, "0123", null)]
    public void A_UDP_reply_is_held_against_its_pattern(string pattern, int min, int max, string reply, string? reason)
    {
        var settings = new UdpProbeSettings(new(default, TimeSpan.FromSeconds(1)))
        {
            Reply = new(pattern),
            MinReplyLength = min,
            MaxReplyLength = max,
        };
        Assert.Equal(reason is null ? ProbeResult.Success : ProbeResult.Failure(reason),
            UdpProbe.Verdict(settings, Convert.FromHexString(reply)));
    }

    [Fact]
    public void An_echo_request_and_its_reply()
    {
        var request = IcmpEcho.Request(isV4: true, 0x1234, 7);
        Assert.Equal("0800", Convert.ToHexStringLower(request.AsSpan(0, 2)));
        Assert.Equal("12340007", Convert.ToHexStringLower(request.AsSpan(4, 4)));
        Assert.Equal(40, request.Length);
        Assert.Equal(0, Checksum.Compute(request));
        Assert.Equal(128, IcmpEcho.Request(isV4: false, 1, 1)[0]);

        var reply = request.ToArray();
        reply[0] = 0;
        Assert.True(IcmpEcho.IsReply(reply, true, false, 0x1234, 7));
        Assert.True(IcmpEcho.IsReply(reply, true, false, null, 7));
        Assert.False(IcmpEcho.IsReply(reply, true, false, 0x1235, 7));
        Assert.False(IcmpEcho.IsReply(reply, true, false, null, 8));
        Assert.False(IcmpEcho.IsReply(request, true, false, null, 7));
        Assert.False(IcmpEcho.IsReply(reply, false, false, null, 7));
        byte[] withHeader = [0x46, .. new byte[23], .. reply];
        Assert.True(IcmpEcho.IsReply(withHeader, true, true, 0x1234, 7));
        for (var length = 0; length < 24 + IcmpEcho.HeaderSize; length++)
            Assert.False(IcmpEcho.IsReply(withHeader.AsSpan(0, length), true, true, 0x1234, 7));
    }

    [Fact]
    public void No_datagram_makes_a_parser_throw()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var run = 0; run < 20_000; run++)
        {
            var datagram = new byte[random.Next(64)];
            random.NextBytes(datagram);
            if (datagram.Length > 2 && random.Next(2) == 0) BinaryPrimitives.WriteUInt16BigEndian(datagram, 0x1234);
            _ = DnsMessage.Verdict(datagram, 0x1234);
            _ = IcmpEcho.IsReply(datagram, random.Next(2) == 0, random.Next(2) == 0, 1, 1);
            _ = new BytePattern("0xx0xxff").Matches(datagram);
        }
    }
}
