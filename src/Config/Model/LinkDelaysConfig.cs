namespace Director.Config;

/// <summary>A line of <c>interface_up_down_delays</c>: how long a change of an interface must last before it counts.</summary>
/// <param name="Interface">Its name.</param>
/// <param name="Down">How long it must be down, up to 255 s.</param>
/// <param name="Up">How long it must be up again, up to 255 s.</param>
public sealed record LinkDelaysConfig(string Interface, TimeSpan Down, TimeSpan Up);
