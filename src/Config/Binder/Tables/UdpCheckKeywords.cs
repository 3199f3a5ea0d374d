using Row = Director.Config.Binder.Rows<Director.Config.Binder.UdpCheckDraft>;

namespace Director.Config.Binder;

/// <summary><c>UDP_CHECK</c>.</summary>
internal static class UdpCheckKeywords
{
    public static readonly Grammar<UdpCheckDraft> Grammar = new(
    [
        new HexKeyword<UdpCheckDraft>("payload", (check, bytes) => check.Payload = bytes, mayBeAny: false),
        new HexKeyword<UdpCheckDraft>("require_reply", (check, bytes) => check.Reply = bytes, mayBeAny: true),
        Length("min_reply_length", (check, length) => check.MinReplyLength = length),
        Length("max_reply_length", (check, length) => check.MaxReplyLength = length),
        .. CheckKeywords.OfConnecting<UdpCheckDraft>(),
    ]);

    private static Keyword<UdpCheckDraft> Length(string name, Action<UdpCheckDraft, int> apply) =>
        Row.Read(name, Take.Integer(0, ushort.MaxValue), (check, length, reader) =>
        {
            apply(check, length);
            check.LengthWord = reader.Last;
        });
}
