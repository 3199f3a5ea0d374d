namespace Director.Vrrp;

/// <summary>
/// How long an interface must have changed before that is believed (keepalived.conf(5), <c>interface_up_down_delays</c>).
/// </summary>
/// <param name="Interface">Its name.</param>
/// <param name="Down">How long it must have been down.</param>
/// <param name="Up">How long it must have been up again.</param>
public sealed record LinkDelays(string Interface, TimeSpan Down, TimeSpan Up);
