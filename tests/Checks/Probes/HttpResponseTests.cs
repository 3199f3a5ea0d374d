using System.Text;
using System.Text.RegularExpressions;
using Director.Checks.Probes;
using Director.Net;

namespace Director.Tests.Checks.Probes;

public sealed class HttpResponseTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\n";

    public static TheoryData<string, int, string, bool> Whole => new()
    {
        // Ended by Content-Length, which may be written in any way, with blanks or without.
        { Ok + "Content-Length: 5\r\n\r\nhello", 200, "hello", true },
        { Ok + "content-length:5  \r\n\r\nhelloEXTRA", 200, "hello", true },
        { Ok + "Content-Length: 0\r\n\r\n", 200, "", true },
        // As keepalived does: of two lengths the first counts, and what is no number is none.
        { Ok + "Content-Length: 2\r\nContent-Length: 5\r\n\r\nhello", 200, "he", true },
        { Ok + "Content-Length: five\r\n\r\nhello", 200, "hello", false },
        { Ok + "Content-Length: -1\r\n\r\nhello", 200, "hello", false },
        // Ended by the end of the stream.
        { "HTTP/1.0 200 OK\r\n\r\nhello", 200, "hello", false },
        { "HTTP/1.0 404 Not Found\r\nServer: x\r\n\r\n", 404, "", false },
        // Cut short: the length that was promised does not come.
        { Ok + "Content-Length: 50\r\n\r\nhello", 200, "hello", false },
        // Chunks, extensions and trailers.
        { Ok + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", 200, "hello", true },
        { Ok + "transfer-encoding: gzip, Chunked\r\n\r\n5;a=b\r\nhello\r\n1\r\n \r\n00A\r\n0123456789\r\n0\r\nX: y\r\n\r\nEXTRA",
            200, "hello 0123456789", true },
        { Ok + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n1\r\na\r\n0\r\n\r\n", 200, "a", true },
        { Ok + "Transfer-Encoding: chunked\r\n\r\n5\r\nhel", 200, "hel", false },
        { Ok + "Transfer-Encoding: chunked, gzip\r\n\r\nraw", 200, "raw", false },
        // A server of HTTP/1.0 has no chunks, whatever it says.
        { "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", 200, "5\r\nhello\r\n0\r\n\r\n", false },
        // Answers that have no body, and those that come before the real one.
        { "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello", 204, "", true },
        { "HTTP/1.1 304 Not Modified\r\n\r\nhello", 304, "", true },
        { "HTTP/1.1 100 Continue\r\nContent-Length: 9\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n" + Ok + "Content-Length: 1\r\n\r\na",
            200, "a", true },
        // Lax servers: no reason, no carriage returns, another protocol, folded lines, an empty line before it all.
        { "HTTP/1.1 200\r\nContent-Length: 1\r\n\r\na", 200, "a", true },
        { "HTTP/1.1 200 OK\nContent-Length: 1\n\na", 200, "a", true },
        { "ICY 200 OK\r\n\r\na", 200, "a", false },
        { Ok + "X: 1\r\n  folded\r\nnonsense\r\nContent-Length: 1\r\n\r\na", 200, "a", true },
        { "\r\n" + Ok + "Content-Length: 1\r\n\r\na", 200, "a", true },
    };

    [Theory]
    [MemberData(nameof(Whole))]
    public void An_answer_is_understood_in_pieces_of_any_size(string answer, int code, string body, bool isDone)
    {
        var bytes = Answers.Bytes(answer);
        var url = new HttpUrl("/") { StatusCodes = new(new NumberRange(100, 599)) };
        int[][] splits = [[], .. Enumerable.Range(0, bytes.Length).Select(at => new[] { at }), [.. Enumerable.Range(0, bytes.Length)]];
        foreach (var ends in splits)
        {
            var (result, response, taken) = Answers.Http(url, bytes, ends);
            Assert.Equal(ProbeResult.Success, result);
            Assert.Equal((code, body, isDone), (response.StatusCode, taken, response.IsDone));
        }
    }

    [Theory]
    [InlineData("", "/: closed without an answer")]
    [InlineData("HTTP/1.1 200 OK\r\n", "/: closed without an answer")]
    [InlineData("HTTP/1.1 200 OK\r\nServer: x\r\n", "/: closed without an answer")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", "/: no HTTP status in 'SSH-2.0-OpenSSH_9.2'")]
    [InlineData("HTTP/1.1 2000 OK\r\n\r\n", "/: no HTTP status in 'HTTP/1.1 2000 OK'")]
    [InlineData("HTTP/1.1 20 OK\r\n\r\n", "/: no HTTP status in 'HTTP/1.1 20 OK'")]
    [InlineData("HTTP/1.1 099 OK\r\n\r\n", "/: no HTTP status in 'HTTP/1.1 099 OK'")]
    [InlineData("\u0001\u001b[31m\u00ff x\r\n\r\n", "/: no HTTP status in '??[31m? x'")]
    [InlineData("HTTP/1.1 500 No\r\n\r\n", "/: status 500")]
    [InlineData("HTTP/1.1 301 Moved\r\nLocation: /x\r\n\r\n", "/: status 301")]
    [InlineData(Ok + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", "/: a broken chunk")]
    [InlineData(Ok + "Transfer-Encoding: chunked\r\n\r\n\r\n", "/: a broken chunk")]
    [InlineData(Ok + "Transfer-Encoding: chunked\r\n\r\n-5\r\n", "/: a broken chunk")]
    [InlineData(Ok + "Transfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n", "/: a broken chunk")]
    [InlineData(Ok + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n", "/: a broken chunk")]
    public void What_is_no_good_answer_is_a_failure_in_pieces_of_any_size(string answer, string reason)
    {
        var bytes = Answers.Bytes(answer);
        for (var at = 0; at <= bytes.Length; at++)
            Assert.Equal(ProbeResult.Failure(reason), Answers.Http(new HttpUrl("/"), bytes, at).Result);
    }

    [Fact]
    public void A_header_without_an_end_is_given_up_with_bounded_memory()
    {
        var line = Answers.Bytes("X-Header: " + new string('x', 10_000) + "\r\n");
        var response = new HttpResponse(new HttpBodyCheck(false, null));
        response.Append(Answers.Bytes(Ok));
        var lines = 0;
        for (; !response.IsDone; lines++) response.Append(line);
        Assert.Equal("a header without an end", response.Problem);
        Assert.InRange(lines, 6, 7);
        response = new HttpResponse(new HttpBodyCheck(false, null));
        for (lines = 0; !response.IsDone; lines++) response.Append(Answers.Bytes("garbage that never ends a line"));
        Assert.InRange(lines * 30, HttpLimits.HeaderBytes - 3000, HttpLimits.HeaderBytes);
    }

    [Fact]
    public void Any_bytes_in_any_pieces_have_one_verdict()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var samples = Whole.Select(row => Answers.Bytes((string)row[0])).ToArray();
        for (var run = 0; run < 4000; run++)
        {
            var bytes = samples[random.Next(samples.Length)].ToArray();
            for (var flips = random.Next(6); flips > 0; flips--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var ends = Enumerable.Range(0, random.Next(8)).Select(_ => random.Next(bytes.Length + 1)).Order().ToArray();
            var whole = Answers.Http(new HttpUrl("/"), bytes);
            var pieces = Answers.Http(new HttpUrl("/"), bytes, ends);
            Assert.True(whole.Result == pieces.Result && whole.Body == pieces.Body,
                $"seed {seed}, run {run}: {whole.Result} against {pieces.Result} of {Convert.ToHexString(bytes)}");
        }
    }

    [Theory]
    [InlineData("5d41402abc4b2a76b9719d911017c592", "hello", true)]
    [InlineData("5d41402abc4b2a76b9719d911017c592", "hellO", false)]
    [InlineData("d41d8cd98f00b204e9800998ecf8427e", "", true)]
    public void The_digest_is_of_the_body_as_it_is_without_its_framing(string digest, string body, bool isGood)
    {
        var url = new HttpUrl("/") { Digest = digest };
        foreach (var answer in new[]
        {
            $"HTTP/1.0 200 OK\r\n\r\n{body}", $"{Ok}Content-Length: {body.Length}\r\n\r\n{body}more",
            $"{Ok}Transfer-Encoding: chunked\r\n\r\n{string.Concat(body.Select(letter => $"1\r\n{letter}\r\n"))}0\r\n\r\n",
        })
            Assert.Equal(isGood, Answers.Http(url, Answers.Bytes(answer)).Result == ProbeResult.Success);
    }

    [Theory]
    [InlineData("world", 0, null, false, true)]
    [InlineData("World", 0, null, false, false)]
    [InlineData("World", 0, null, true, true)]
    [InlineData("world", 0, null, true, false)]
    // Offsets are of where it begins, both inclusive; anchors are those of the whole body.
    [InlineData("world", 6, null, false, true)]
    [InlineData("world", 7, null, false, false)]
    [InlineData("world", 0, 6, false, true)]
    [InlineData("world", 0, 5, false, false)]
    [InlineData("o", 5, 6, false, false)]
    [InlineData("^world", 6, null, false, false)]
    [InlineData("(?<=hello )world$", 6, 6, false, true)]
    [InlineData("x", 4000, null, false, false)]
    public void A_pattern_is_looked_for_in_the_body(string pattern, int from, int? to, bool isUnwanted, bool isGood)
    {
        var url = new HttpUrl("/x")
        {
            Pattern = new(pattern, RegexOptions.None) { MinOffset = from, MaxOffset = to, IsUnwanted = isUnwanted },
        };
        var result = Answers.Http(url, Answers.Bytes("HTTP/1.0 200 OK\r\n\r\nhello world")).Result;
        Assert.Equal(isGood ? ProbeResult.Success : ProbeResult.Failure($"/x: regex {(isUnwanted ? "found" : "not found")}"), result);
    }

    [Fact]
    public void A_body_is_bytes_or_UTF_8_and_has_a_first_line()
    {
        var bytes = Encoding.UTF8.GetBytes("HTTP/1.0 200 OK\r\n\r\nöä\nzwei");
        Assert.True(Finds(new("^..\n", RegexOptions.None) { IsUtf8 = true }));
        Assert.True(Finds(new("^....\n", RegexOptions.None)));
        Assert.True(Finds(new("ä", RegexOptions.None) { IsUtf8 = true, MinOffset = 2, MaxOffset = 2 }));
        Assert.True(Finds(new("zwei", RegexOptions.None)));
        Assert.False(Finds(new("zwei", RegexOptions.None) { IsInFirstLine = true }));
        bool Finds(BodyPattern pattern) => Answers.Http(new HttpUrl("/") { Pattern = pattern }, bytes).Result == ProbeResult.Success;
    }

    [Fact]
    public void A_pattern_that_goes_astray_costs_a_bounded_time_and_what_lies_beyond_the_bound_is_not_seen()
    {
        // With a reference it cannot be matched in linear time.
        var url = new HttpUrl("/") { Pattern = new(@"(x+x+)+\1y", RegexOptions.None) };
        var astray = Answers.Bytes("HTTP/1.0 200 OK\r\n\r\n" + new string('x', 40));
        Assert.Equal(ProbeResult.Failure("/: regex undecided after 250 ms"), Answers.Http(url, astray).Result);

        byte[] Body(int length) => Answers.Bytes("HTTP/1.0 200 OK\r\n\r\n" + new string('x', length - 3) + "end");
        url = new HttpUrl("/") { Pattern = new("end", RegexOptions.None) };
        Assert.Equal(ProbeResult.Success, Answers.Http(url, Body(HttpLimits.SearchedBytes), 5000, 70_000).Result);
        Assert.Equal(ProbeResult.Failure("/: regex not found"), Answers.Http(url, Body(HttpLimits.SearchedBytes + 1), 5000).Result);
    }

    [Theory]
    [InlineData(HttpProtocol.Version10, null, "10.0.0.1", "GET /a?b HTTP/1.0\r\nUser-Agent: KeepAliveClient\r\nHost: 10.0.0.1:80\r\n\r\n")]
    [InlineData(HttpProtocol.Version10, null, "fd00::1", "GET /a?b HTTP/1.0\r\nUser-Agent: KeepAliveClient\r\nHost: [fd00::1]:80\r\n\r\n")]
    [InlineData(HttpProtocol.Version10Close, "www:8", "fd00::1",
        "GET /a?b HTTP/1.0\r\nUser-Agent: KeepAliveClient\r\nConnection: close\r\nHost: www:8\r\n\r\n")]
    [InlineData(HttpProtocol.Version11, "www", "10.0.0.1",
        "GET /a?b HTTP/1.1\r\nUser-Agent: KeepAliveClient\r\nConnection: close\r\nHost: www\r\n\r\n")]
    public void The_request_is_keepalived_s(HttpProtocol protocol, string? host, string address, string expected) => Assert.Equal(expected,
        Encoding.UTF8.GetString(HttpRequest.Bytes(new("/a?b") { Host = host }, protocol, new(IpAddress128.Parse(address), 80))));

    [Fact]
    public void Equal_settings_are_the_same_check()
    {
        static HttpProbeSettings One(string digest) => new(new(new(default, 80), TimeSpan.FromSeconds(1)),
            [new("/") { StatusCodes = new(new NumberRange(200, 201)), Digest = digest }]) { Tls = new("a", "b") };
        Assert.Equal(One("x"), One("x"));
        Assert.Equal(One("x").GetHashCode(), One("x").GetHashCode());
        Assert.NotEqual(One("x"), One("y"));
        static UdpProbeSettings Other() => new(One("x").Connection) { Reply = new("0x") };
        Assert.Equal(Other(), Other());
    }
}
