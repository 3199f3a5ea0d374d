using Row = Director.Config.Binder.Rows<Director.Config.Binder.TcpCheckDraft>;

namespace Director.Config.Binder;

/// <summary><c>TCP_CHECK</c>.</summary>
internal static class TcpCheckKeywords
{
    public static readonly Grammar<TcpCheckDraft> Grammar = new(
    [
        Row.Value("connect_ip", Take.Address, (check, address) => check.ConnectAddress = address),
        Row.Value("connect_port", Take.Port, (check, port) => check.ConnectPort = port),
        Row.Read("bindto", Take.Address, (check, address, reader) =>
        {
            check.BindTo = address;
            check.BindToWord = reader.Last;
        }, alias: "bind_to"),
        Row.Switch("alpha", (check, alpha) => check.Settings.Alpha = alpha),
        .. CheckDefaultsKeywords.Of<TcpCheckDraft>(check => check.Settings, fewestRetries: 0),
        .. Row.NotYet("bind_port", "bind_if", "fwmark", "log_all_failures"),
    ]);
}
