namespace Director.Config.Binder;

/// <summary><c>TCP_CHECK</c>.</summary>
internal static class TcpCheckKeywords
{
    public static readonly Grammar<TcpCheckDraft> Grammar = new([.. CheckKeywords.OfConnecting<TcpCheckDraft>()]);
}
