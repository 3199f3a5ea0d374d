using Director.Config.Text;

namespace Director.Config.Binder;

/// <summary>An <c>authentication</c> block in the making.</summary>
internal sealed class AuthenticationDraft
{
    public Word? TypeWord { get; set; }

    public bool IsRefused { get; set; }

    public string? Password { get; set; }

    public Word? PasswordWord { get; set; }
}
