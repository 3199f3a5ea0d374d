using Row = Director.Config.Binder.Rows<Director.Config.Binder.AuthenticationDraft>;

namespace Director.Config.Binder;

/// <summary><c>authentication</c> of a <c>vrrp_instance</c> (RFC 2338 §5.3.6).</summary>
internal static class AuthenticationKeywords
{
    public static readonly Grammar<AuthenticationDraft> Grammar = new(
    [
        Row.Read("auth_type", Take.OneOf(("PASS", true), ("AH", false)), (authentication, isPassword, reader) =>
        {
            authentication.TypeWord = reader.Last;
            if (isPassword) return;
            authentication.IsRefused = true;
            reader.ReportUnsupported("the instance is not run");
        }, isRequired: true),
        Row.Read("auth_pass", Take.Text("a password"), (authentication, password, reader) =>
        {
            authentication.Password = password;
            authentication.PasswordWord = reader.Last;
        }, isRequired: true),
    ]);
}
