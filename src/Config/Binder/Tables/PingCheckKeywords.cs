using Row = Director.Config.Binder.Rows<Director.Config.Binder.PingCheckDraft>;

namespace Director.Config.Binder;

/// <summary><c>PING_CHECK</c>.</summary>
internal static class PingCheckKeywords
{
    public static readonly Grammar<PingCheckDraft> Grammar = new(
    [
        .. CheckKeywords.OfConnecting<PingCheckDraft>(hasPorts: false),
        .. Row.NotUsed("an echo request has no port", "connect_port", "bind_port"),
    ]);
}
