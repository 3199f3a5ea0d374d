using System.Net.Sockets;
using System.Text;

namespace Director.Lab.Client;

/// <summary>The little of HTTP/1.1 (RFC 9112) that the lab's web server and clients speak.</summary>
internal static class HttpText
{
    private static ReadOnlySpan<byte> EndOfHead => "\r\n\r\n"u8;

    /// <summary>
    /// Reads from a connection until the end of the head, the end of the stream or <paramref name="limit"/> bytes; ASCII.
    /// </summary>
    public static Task<string> ReadHeadAsync(Socket connection, int limit, CancellationToken stop) =>
        ReadHeadAsync(connection, new byte[limit], stop);

    /// <summary>
    /// Reads from a connection into <paramref name="buffer"/> until the end of the head, of the stream or of the buffer; ASCII.
    /// </summary>
    public static async Task<string> ReadHeadAsync(Socket connection, byte[] buffer, CancellationToken stop)
    {
        var length = 0;
        while (length < buffer.Length)
        {
            var read = await connection.ReceiveAsync(buffer.AsMemory(length), stop);
            if (read == 0) break;
            length += read;
            if (buffer.AsSpan(0, length).IndexOf(EndOfHead) >= 0) break;
        }

        return Encoding.ASCII.GetString(buffer, 0, length);
    }

    /// <summary>
    /// The value of header <paramref name="name"/> in a successful answer's head; null if it is not one or has no such header.
    /// </summary>
    public static string? HeaderOfSuccess(string head, string name) =>
        head.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal) ? Header(head, name) : null;

    /// <summary>The value of header <paramref name="name"/>; null if the head has none.</summary>
    public static string? Header(string head, string name)
    {
        foreach (var line in head.Split("\r\n").Skip(1).TakeWhile(line => line.Length > 0))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && line.AsSpan(0, colon).Equals(name, StringComparison.OrdinalIgnoreCase)) return line[(colon + 1)..].Trim();
        }

        return null;
    }
}
