using System.Globalization;
using System.Text;

namespace Director.Checks.Probes;

/// <summary>
/// The client's side of a short SMTP conversation: the greeting must be 220, the answer to HELO 250, that to QUIT anything
/// (keepalived check/check_smtp.c). It is handed the server's bytes in pieces of any size. Replies of several lines are understood
/// (RFC 5321 §4.2.1), which keepalived does not. Pure.
/// </summary>
/// <param name="heloName">Whom the client says it is.</param>
internal sealed class SmtpDialogue(string heloName)
{
    /// <summary>Bytes of one reply, all its lines together; RFC 5321 §4.5.3.1.5 has 512 a line.</summary>
    private const int ReplyBytes = 64 * 1024;

    private const int CodeBytes = 4;

    private readonly byte[] _start = new byte[CodeBytes];
    private State _state = State.Greeting;
    private int _lineLength, _replyLength;
    private bool _endsWithCarriageReturn;

    private enum State
    {
        Greeting,
        Helo,
        Quit,
        Done,
    }

    /// <summary>The end of the conversation; null while it goes on.</summary>
    public ProbeResult? Result { get; private set; }

    /// <summary>Takes in the server's next bytes.</summary>
    /// <returns>What is to be sent now; empty if nothing is.</returns>
    public byte[] Append(ReadOnlySpan<byte> bytes)
    {
        byte[] answer = [];
        // What a server says before it was asked belongs to nothing, but keeps its place in the order of the replies.
        foreach (var one in bytes)
        {
            if (Result is not null) break;
            if (++_replyLength > ReplyBytes)
            {
                End(ProbeResult.Failure("a reply without an end"));
                break;
            }

            if (one != '\n')
            {
                if (_lineLength < CodeBytes) _start[_lineLength] = one;
                _lineLength++;
                _endsWithCarriageReturn = one == '\r';
                continue;
            }

            var length = Math.Min(CodeBytes, _endsWithCarriageReturn ? _lineLength - 1 : _lineLength);
            (_lineLength, _endsWithCarriageReturn) = (0, false);
            if (Line(_start.AsSpan(0, length)) is { Length: > 0 } next) answer = next;
        }

        return answer;
    }

    /// <summary>The server has closed.</summary>
    public void Close()
    {
        if (Result is null) End(ProbeResult.Failure($"closed before {Expected}"));
    }

    private string Expected => _state switch
    {
        State.Greeting => "the greeting",
        State.Helo => "the answer to HELO",
        _ => "the answer to QUIT",
    };

    /// <summary>
    /// A whole line of which this is the start: three digits and a blank, or the end; a dash says that more lines follow.
    /// </summary>
    private byte[] Line(ReadOnlySpan<byte> start)
    {
        var isCode = start.Length >= 3 && start[..3].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
        if (isCode && start.Length > 3 && start[3] == '-') return [];
        _replyLength = 0;
        var code = isCode && (start.Length == 3 || start[3] == ' ') ? int.Parse(start[..3], CultureInfo.InvariantCulture) : 0;
        switch (_state)
        {
            case State.Greeting when code == 220:
                _state = State.Helo;
                return Encoding.UTF8.GetBytes($"HELO {heloName}\r\n");
            case State.Helo when code == 250:
                _state = State.Quit;
                return "QUIT\r\n"u8.ToArray();
            case State.Quit:
                End(ProbeResult.Success);
                return [];
            default:
                var shown = code == 0 ? "no reply" : code.ToString(CultureInfo.InvariantCulture);
                End(ProbeResult.Failure($"{shown} as {Expected}"));
                return [];
        }
    }

    private void End(ProbeResult result) => (Result, _state) = (result, State.Done);
}
