using System.Net.Sockets;
using System.Text;

namespace Director.Lab.Client;

/// <summary>The little of HTTP/1.1 (RFC 9112) that the lab's web server and clients speak.</summary>
internal static class HttpText
{
    private const string EndOfHead = "\r\n\r\n";

    /// <summary>
    /// Reads from a connection until the end of the head, the end of the stream or <paramref name="limit"/> bytes; ASCII.
    /// </summary>
    public static async Task<string> ReadHeadAsync(Socket connection, int limit, CancellationToken stop)
    {
        var buffer = new byte[limit];
        var length = 0;
        while (length < limit)
        {
            var read = await connection.ReceiveAsync(buffer.AsMemory(length), stop);
            if (read == 0) break;
            length += read;
            if (buffer.AsSpan(0, length).IndexOf(Encoding.ASCII.GetBytes(EndOfHead)) >= 0) break;
        }

        return Encoding.ASCII.GetString(buffer, 0, length);
    }

    /// <summary>
    /// The value of header <paramref name="name"/> in a successful answer's head; null if it is not one or has no such header.
    /// </summary>
    public static string? HeaderOfSuccess(string head, string name)
    {
        if (!head.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal)) return null;
        foreach (var line in head.Split("\r\n").Skip(1).TakeWhile(line => line.Length > 0))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && line.AsSpan(0, colon).Equals(name, StringComparison.OrdinalIgnoreCase)) return line[(colon + 1)..].Trim();
        }

        return null;
    }
}
