using System.Text;
using Director.LoadScenarios.Clients;

namespace Director.Tests.LoadTest.Clients;

public sealed class HttpAnswerTests
{
    private const string Whole =
        "HTTP/1.1 200 OK\r\nX-Lab-Server: rs1\r\nContent-Type: text/plain\r\ncontent-length:  4\r\nConnection: Close\r\n\r\nrs1\n";

    [Fact]
    public void A_head_says_who_answered_how_long_it_is_and_whether_it_was_the_last()
    {
        Assert.True(HttpAnswer.TryRead(Encoding.ASCII.GetBytes(Whole), out var answer));

        Assert.Equal(new(Whole.Length, "rs1", true), answer);
    }

    [Fact]
    public void Half_a_head_is_none_yet()
    {
        var bytes = Encoding.ASCII.GetBytes(Whole);
        var head = Whole.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;

        for (var length = 0; length < bytes.Length; length++)
            Assert.Equal(length >= head, HttpAnswer.TryRead(bytes.AsSpan(0, length), out _));
    }

    [Theory]
    [InlineData("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: four\r\n\r\n")]
    [InlineData("SSH-2.0-somebody\r\n\r\n")]
    [InlineData("\r\n\r\n")]
    public void What_is_no_success_has_no_length(string text)
    {
        Assert.True(HttpAnswer.TryRead(Encoding.ASCII.GetBytes(text), out var answer));

        Assert.Equal(0, answer.Length);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n", "", false)]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nX-Lab-Server:rs2\r\n\r\n", "rs2", false)]
    [InlineData("HTTP/1.1 200 OK\r\nX-Connection: close\r\nServer: rs2\r\n\r\n", "", false)]
    public void What_is_not_said_is_not_taken_for_said(string text, string server, bool closes)
    {
        Assert.True(HttpAnswer.TryRead(Encoding.ASCII.GetBytes(text), out var answer));

        Assert.Equal(new(text.Length, server, closes), answer);
    }
}
