using Director.Net;

namespace Director.Config.Binder;

/// <summary>The kinds of arguments, for the keyword tables.</summary>
internal static class Take
{
    public static readonly Argument<IpAddress128> Address = new AddressArgument();

    public static readonly Argument<string> Interface = new InterfaceArgument();

    public static readonly Argument<int> Port = new IntegerArgument(1, ushort.MaxValue);

    /// <summary>keepalived's booleans, in lower case only.</summary>
    public static readonly Argument<bool> Boolean =
        new ChoiceArgument<bool>([("on", true), ("off", false), ("true", true), ("false", false), ("yes", true), ("no", false)]);

    /// <summary>How packets are brought to a real server.</summary>
    public static readonly Argument<ForwardingMethodConfig> ForwardingMethod = new ChoiceArgument<ForwardingMethodConfig>(
        [("NAT", ForwardingMethodConfig.Nat), ("DR", ForwardingMethodConfig.DirectRouting), ("TUN", ForwardingMethodConfig.Tunnel)]);

    /// <summary>The protocol of a virtual server, in either case.</summary>
    public static readonly Argument<IpProtocol> Protocol =
        new ChoiceArgument<IpProtocol>([("TCP", IpProtocol.Tcp), ("UDP", IpProtocol.Udp), ("SCTP", IpProtocol.Sctp)], ignoreCase: true);

    public static Argument<string> Text(string expected) => new TextArgument(expected);

    public static Argument<int> Integer(int lowest, int highest = int.MaxValue) => new IntegerArgument(lowest, highest);

    public static Argument<TimeSpan> Seconds(double lowest, double highest) =>
        new SecondsArgument(TimeSpan.FromSeconds(lowest), TimeSpan.FromSeconds(highest));

    /// <summary>Seconds of which only the lower bound matters.</summary>
    public static Argument<TimeSpan> Seconds(TimeSpan lowest) => new SecondsArgument(lowest, SecondsArgument.Longest);

    public static Argument<TimeSpan> WholeSeconds(int lowest, int highest) =>
        new SecondsArgument(TimeSpan.FromSeconds(lowest), TimeSpan.FromSeconds(highest), whole: true);

    public static Argument<T> OneOf<T>(params IReadOnlyList<(string Word, T Value)> choices) => new ChoiceArgument<T>(choices);
}
