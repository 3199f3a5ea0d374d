using System.Buffers.Text;
using System.Text;

namespace Director.LoadScenarios.Clients;

/// <summary>The little that a load generator reads of an HTTP/1.1 answer (RFC 9112).</summary>
/// <param name="Length">Bytes of the whole answer, body included.</param>
/// <param name="Server">Who answered, from <c>X-Lab-Server</c>; empty if that is missing.</param>
/// <param name="Closes">Whether the server closes the connection after it.</param>
internal readonly record struct HttpAnswer(int Length, string Server, bool Closes)
{
    private static ReadOnlySpan<byte> EndOfLine => "\r\n"u8;

    /// <summary>
    /// Reads the head: false if it is not whole yet; a length of 0 if it is no successful answer.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> received, out HttpAnswer answer)
    {
        answer = default;
        var end = received.IndexOf("\r\n\r\n"u8);
        if (end < 0) return false;
        var head = received[..(end + EndOfLine.Length)];
        if (!head.StartsWith("HTTP/1.1 200 "u8)) return true;
        var (body, server, closes) = (0, "", false);
        for (head = AfterLine(head); head.Length > 0; head = AfterLine(head))
        {
            var line = head[..head.IndexOf(EndOfLine)];
            if (Value(line, "content-length"u8) is { Length: > 0 } length && !Utf8Parser.TryParse(length, out body, out _)) return true;
            if (Value(line, "x-lab-server"u8) is { Length: > 0 } name) server = Encoding.ASCII.GetString(name);
            if (Value(line, "connection"u8) is { Length: > 0 } option) closes = Ascii.EqualsIgnoreCase(option, "close"u8);
        }

        answer = new(end + 4 + body, server, closes);
        return true;
    }

    private static ReadOnlySpan<byte> AfterLine(ReadOnlySpan<byte> text) => text[(text.IndexOf(EndOfLine) + EndOfLine.Length)..];

    private static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name) =>
        line.Length > name.Length && line[name.Length] == (byte)':' && Ascii.EqualsIgnoreCase(line[..name.Length], name)
            ? line[(name.Length + 1)..].Trim((byte)' ')
            : default;
}
