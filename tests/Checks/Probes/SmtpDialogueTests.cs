using System.Text;
using Director.Checks.Probes;

namespace Director.Tests.Checks.Probes;

public sealed class SmtpDialogueTests
{
    private const string Greeting = "220 mail.example ESMTP\r\n", Helo = "250 hello\r\n", Bye = "221 bye\r\n";

    [Theory]
    [InlineData(Greeting, Helo, Bye)]
    [InlineData("220\r\n", "250\r\n", "500 what?\r\n")]
    [InlineData("220 a\n", "250 b\n", "\n")]
    // Replies of several lines.
    [InlineData("220-one\r\n220-two\r\n220 three\r\n", "250-a\r\n250\r\n", "221-x\r\n221 y\r\n")]
    public void A_conversation_goes_to_its_end_in_pieces_of_any_size(string greeting, string helo, string bye)
    {
        for (var size = 1; size < 40; size++)
        {
            var dialogue = new SmtpDialogue("me.example");
            Assert.Equal("HELO me.example\r\n", Say(dialogue, greeting, size));
            Assert.Equal("QUIT\r\n", Say(dialogue, helo, size));
            Assert.Null(dialogue.Result);
            Assert.Equal("", Say(dialogue, bye, size));
            Assert.Equal(ProbeResult.Success, dialogue.Result);
        }
    }

    [Theory]
    [InlineData("554 go away\r\n", "554 as the greeting")]
    [InlineData("220-a\r\n554 b\r\n", "554 as the greeting")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n", "no reply as the greeting")]
    [InlineData("2200 x\r\n", "no reply as the greeting")]
    [InlineData("\r\n", "no reply as the greeting")]
    [InlineData("220x\r\n", "no reply as the greeting")]
    [InlineData("+22 x\r\n", "no reply as the greeting")]
    [InlineData(Greeting + "421 busy\r\n", "421 as the answer to HELO")]
    [InlineData(Greeting + "220 again\r\n", "220 as the answer to HELO")]
    [InlineData("", "closed before the greeting")]
    [InlineData("220 ", "closed before the greeting")]
    [InlineData("220-more\r\n", "closed before the greeting")]
    [InlineData(Greeting, "closed before the answer to HELO")]
    [InlineData(Greeting + Helo, "closed before the answer to QUIT")]
    public void What_is_no_good_reply_is_a_failure(string replies, string reason)
    {
        foreach (var size in new[] { 1, 3, 100 })
        {
            var dialogue = new SmtpDialogue("me");
            Say(dialogue, replies, size);
            dialogue.Close();
            Assert.Equal(ProbeResult.Failure(reason), dialogue.Result);
        }
    }

    [Fact]
    public void A_reply_without_an_end_is_given_up()
    {
        foreach (var endless in new[] { "220-x\r\n", "xxxxxxx" })
        {
            var dialogue = new SmtpDialogue("me");
            var count = 0;
            for (; dialogue.Result is null; count++) Say(dialogue, endless, 7);
            Assert.Equal(ProbeResult.Failure("a reply without an end"), dialogue.Result);
            Assert.InRange(count, 9000, 9500);
        }
    }

    [Fact]
    public void Any_bytes_in_any_pieces_have_one_verdict()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var run = 0; run < 4000; run++)
        {
            var bytes = Answers.Bytes(Greeting + Helo + Bye);
            for (var flips = random.Next(6); flips > 0; flips--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var results = new[] { 1, random.Next(1, 20), 1000 }.Select(size =>
            {
                var dialogue = new SmtpDialogue("me");
                Say(dialogue, Encoding.Latin1.GetString(bytes), size);
                dialogue.Close();
                return dialogue.Result;
            }).Distinct();
            Assert.True(results.Count() == 1, $"seed {seed}, run {run}: {Convert.ToHexString(bytes)}");
        }
    }

    /// <summary>What is sent last.</summary>
    private static string Say(SmtpDialogue dialogue, string reply, int size)
    {
        var sent = "";
        foreach (var piece in Answers.Bytes(reply).Chunk(size))
            if (dialogue.Append(piece) is { Length: > 0 } answer) sent = Encoding.ASCII.GetString(answer);
        return sent;
    }
}
