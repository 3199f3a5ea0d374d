using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Director.Checks.Probes;

/// <summary>
/// Understands an HTTP response of any version up to 1.1, handed to it in pieces of any size: the status, and where the body begins and
/// ends, by <c>Content-Length</c>, chunks or the end of the stream (RFC 9112 §6.3). Pure; bounded by <see cref="HttpLimits"/>.
/// </summary>
/// <remarks>
/// Lenient where keepalived is (check/check_http.c, lib/html.c): the protocol's name may be any, and a body that ends before its announced
/// length is not in itself a failure.
/// </remarks>
/// <param name="body">Takes in the body, without the framing of chunks.</param>
internal sealed class HttpResponse(IHttpBody body)
{
    private readonly byte[] _line = new byte[HttpLimits.LineBytes];
    private State _state = State.StatusLine;
    private int _lineLength, _headerBytes;
    private bool _mayBeChunked, _isChunked;
    private ulong? _contentLength;

    /// <summary>Of the present chunk, or of the body.</summary>
    private ulong _left;

    private enum State
    {
        StatusLine,
        Header,
        BodyByLength,
        BodyToEnd,
        ChunkSize,
        Chunk,
        ChunkEnd,
        Trailer,
        Done,
        Broken,
    }

    /// <summary>100–599; 0 while it is not known or if there is none.</summary>
    public int StatusCode { get; private set; }

    /// <summary>Whether the header has ended, so that there is an answer.</summary>
    public bool HasHeader => _state is not (State.StatusLine or State.Header) && Problem is null;

    /// <summary>Whether nothing more is to be read.</summary>
    public bool IsDone => _state is State.Done or State.Broken;

    /// <summary>Why this is no HTTP response; null if it may be one.</summary>
    public string? Problem { get; private set; }

    /// <summary>Takes in the next bytes; what follows the end of the response is ignored.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0 && !IsDone)
        {
            switch (_state)
            {
                case State.BodyByLength or State.Chunk:
                    var taken = (int)Math.Min(_left, (ulong)bytes.Length);
                    body.Append(bytes[..taken]);
                    bytes = bytes[taken..];
                    _left -= (ulong)taken;
                    if (_left == 0) _state = _state == State.Chunk ? State.ChunkEnd : State.Done;
                    break;
                case State.BodyToEnd:
                    body.Append(bytes);
                    return;
                default:
                    bytes = bytes[TakeLine(bytes)..];
                    break;
            }
        }
    }

    /// <summary>Takes bytes up to the end of a line and acts on it if it is whole; how many.</summary>
    private int TakeLine(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)'\n');
        var part = end < 0 ? bytes : bytes[..end];
        _headerBytes += part.Length + 1;
        if (_headerBytes > HttpLimits.HeaderBytes && _state is not (State.ChunkSize or State.ChunkEnd))
        {
            Break("a header without an end");
            return bytes.Length;
        }

        var kept = part[..Math.Min(part.Length, _line.Length - _lineLength)];
        kept.CopyTo(_line.AsSpan(_lineLength));
        _lineLength += kept.Length;
        if (end < 0)
        {
            if (_lineLength == _line.Length && _state is State.ChunkSize or State.ChunkEnd) CheckChunkLine();
            return bytes.Length;
        }

        var line = _line.AsSpan(0, _lineLength);
        if (line.Length > 0 && line[^1] == '\r') line = line[..^1];
        _lineLength = 0;
        TakeLine(line, _state);
        return end + 1;
    }

    /// <summary>A line of chunk framing is never that long, but for extensions that nobody uses.</summary>
    private void CheckChunkLine()
    {
        if (_state == State.ChunkEnd || !_line.AsSpan().Contains((byte)';')) Break("a broken chunk");
    }

    private void TakeLine(ReadOnlySpan<byte> line, State state)
    {
        switch (state)
        {
            case State.StatusLine:
                TakeStatusLine(line);
                break;
            case State.Header when line.Length > 0:
                TakeField(line);
                break;
            case State.Header:
                EndHeader();
                break;
            case State.ChunkSize:
                TakeChunkSize(line);
                break;
            case State.ChunkEnd:
                if (line.Length > 0) Break("a broken chunk");
                else _state = State.ChunkSize;
                break;
            case State.Trailer when line.Length == 0:
                _state = State.Done;
                break;
        }
    }

    /// <summary><c>HTTP/1.1 200 OK</c>; the reason may be missing, and the blank before it (RFC 9112 §4).</summary>
    private void TakeStatusLine(ReadOnlySpan<byte> line)
    {
        // RFC 9112 §2.2: at least one empty line before it is to be ignored.
        if (line.IsEmpty) return;
        var blank = line.IndexOf((byte)' ');
        var rest = blank < 0 ? default : line[(blank + 1)..];
        if (rest.Length < 3 || (rest.Length > 3 && rest[3] != ' ') || !TryParseCode(rest[..3], out var code))
        {
            var shown = string.Concat(Encoding.Latin1.GetString(line[..Math.Min(line.Length, 40)])
                .Select(character => character is >= ' ' and <= '~' ? character : '?'));
            Break($"no HTTP status in '{shown}'");
            return;
        }

        StatusCode = code;
        _mayBeChunked = !line[..blank].SequenceEqual("HTTP/1.0"u8) && !line[..blank].SequenceEqual("HTTP/0.9"u8);
        _state = State.Header;
    }

    private static bool TryParseCode(ReadOnlySpan<byte> digits, out int code)
    {
        code = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit)) return false;
            code = (code * 10) + digit - '0';
        }

        return code >= 100;
    }

    private void TakeField(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        if (colon < 0) return;
        var name = line[..colon];
        var value = line[(colon + 1)..].Trim(" \t"u8);
        // As keepalived does, the first length counts, and one that is no number is none.
        if (Ascii.EqualsIgnoreCase(name, "content-length"u8) && _contentLength is null)
        {
            if (Utf8Parser.TryParse(value, out ulong length, out var used) && used == value.Length) _contentLength = length;
        }
        else if (Ascii.EqualsIgnoreCase(name, "transfer-encoding"u8))
        {
            // Only as the last of several it frames the body (RFC 9112 §6.3).
            _isChunked = Ascii.EqualsIgnoreCase(value[(value.LastIndexOf((byte)',') + 1)..].Trim(" \t"u8), "chunked"u8);
        }
    }

    private void EndHeader()
    {
        // An interim response; the real one follows (RFC 9110 §15.2).
        if (StatusCode is >= 100 and < 200 and not 101)
        {
            (_state, StatusCode, _isChunked, _contentLength) = (State.StatusLine, 0, false, null);
            return;
        }

        (_headerBytes, _left) = (0, _contentLength ?? 0);
        if (StatusCode is < 200 or 204 or 304) _state = State.Done;
        else if (_isChunked && _mayBeChunked) _state = State.ChunkSize;
        else if (_contentLength is null) _state = State.BodyToEnd;
        else _state = _left == 0 ? State.Done : State.BodyByLength;
    }

    /// <summary>A hexadecimal number, and extensions behind a semicolon, which mean nothing to us (RFC 9112 §7.1).</summary>
    private void TakeChunkSize(ReadOnlySpan<byte> line)
    {
        var semicolon = line.IndexOf((byte)';');
        var digits = (semicolon < 0 ? line : line[..semicolon]).Trim(" \t"u8);
        if (digits.Length is 0 or > 15
            || !ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var size))
        {
            Break("a broken chunk");
            return;
        }

        (_headerBytes, _left) = (0, size);
        _state = size == 0 ? State.Trailer : State.Chunk;
    }

    private void Break(string problem) => (_state, Problem) = (State.Broken, problem);
}
