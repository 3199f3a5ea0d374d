using Director.Config;
using Director.Net;

namespace Director.Notifications;

/// <summary>Something to be told of a real server or of a virtual server's quorum.</summary>
/// <param name="Service">The virtual server, or the real server's.</param>
/// <param name="Server">The real server; null if it is of the quorum.</param>
/// <param name="IsUp">Whether it is up now.</param>
/// <param name="Notify">Who is told.</param>
/// <param name="Mail">What a mail says, without arrows; null if none is sent.</param>
internal sealed record ServiceNotification(
    VirtualServerConfig Service, Endpoint? Server, bool IsUp, UpDownNotifyConfig Notify, string? Mail)
{
    /// <summary>Whether scripts and pipes are told too, rather than mail alone.</summary>
    public bool IsState { get; init; } = true;

    /// <summary>What it is now.</summary>
    public string StateName => IsUp ? "UP" : "DOWN";

    /// <summary>Whose scripts are run one after the other.</summary>
    public string Owner => Server is null ? $"VS {ServiceName}" : $"RS {ServerName} of VS {ServiceName}";

    /// <summary>The line for a pipe. keepalived writes a NUL behind it, which its readers do not expect.</summary>
    public string FifoLine => Server is null ? $"VS {ServiceName} {StateName}\n" : $"RS {ServerName} {ServiceName} {StateName}\n";

    /// <summary>As keepalived calls a virtual server: by its group, or by address, protocol and port.</summary>
    private string ServiceName => Service.Group is { } group ? $"[{group}]:0" : Service.Key.ToString();

    private string ServerName => Server?.ToString(Service.Key.Protocol) ?? "";

    /// <summary>The mail, if one is sent.</summary>
    public MailLetter? Letter(string routerId)
    {
        if (Mail is null || !Notify.SendsMail) return null;
        var what = Server is null ? $"Virtualserver {ServiceName}" : $"Realserver {ServerName} of virtual server {ServiceName}";
        return new($"[{routerId}] {what} - {StateName}", $"=> {Mail} <=\n");
    }
}
