using Row = Director.Config.Binder.Rows<Director.Config.Binder.BfdInstanceDraft>;

namespace Director.Config.Binder;

/// <summary><c>bfd_instance</c> (RFC 5880).</summary>
internal static class BfdInstanceKeywords
{
    /// <summary>What a packet can carry, in whole milliseconds: an unsigned 32-bit count of microseconds.</summary>
    private const int LongestInterval = (int)(uint.MaxValue / 1000);

    /// <summary>The slowest that a session may be while it is not up (RFC 5880 §6.8.3), milliseconds.</summary>
    private const int ShortestIdleInterval = 1000;

    /// <summary>From here on keepalived calls an interval hardly sensible.</summary>
    private static readonly TimeSpan LongestSensible = TimeSpan.FromSeconds(10);

    public static readonly Grammar<BfdInstanceDraft> Grammar = new(
    [
        Row.Read("neighbor_ip", Take.Address, (bfd, address, reader) => (bfd.Neighbor, bfd.NeighborWord) = (address, reader.Last),
            alias: "neighbour_ip", isRequired: true),
        Row.Read("source_ip", Take.Address, (bfd, address, reader) => (bfd.Source, bfd.SourceWord) = (address, reader.Last)),
        Interval("min_rx", 1, (bfd, interval) => bfd.MinRx = interval),
        Interval("min_tx", 1, (bfd, interval) => bfd.MinTx = interval),
        Interval("idle_tx", ShortestIdleInterval, (bfd, interval) => bfd.IdleTx = interval),
        Row.Value("multiplier", Take.Integer(1, 255), (bfd, multiplier) => bfd.Multiplier = multiplier),
        Row.Flag("passive", bfd => bfd.IsPassive = true),
        Row.Value("ttl", Take.Integer(1, 255), (bfd, ttl) => bfd.HopLimit = ttl, alias: "hoplimit"),
        Row.Read("max_hops", Take.Integer(-1, 255), (bfd, hops, reader) => (bfd.MaxHops, bfd.MaxHopsWord) = (hops, reader.Last)),
        Row.Switch("multihop", (bfd, isMultihop) => bfd.IsMultihop = isMultihop),
        Row.Read("weight", Take.Integer(-253, 253), (bfd, weight, reader) =>
        {
            bfd.Weight = weight;
            bfd.IsReversed = false;
            if (reader.Peek()?.Text is not "reverse") return;
            reader.Take();
            bfd.IsReversed = true;
        }),
        Row.Flag("vrrp", bfd => bfd.NamesVrrp = true),
        Row.Flag("checker", bfd => bfd.NamesChecker = true),
    ]);

    private static Keyword<BfdInstanceDraft> Interval(string name, int lowest, Action<BfdInstanceDraft, TimeSpan> apply) =>
        Row.Read(name, new MillisecondsArgument(lowest, LongestInterval), (bfd, interval, reader) =>
        {
            apply(bfd, interval);
            if (interval <= LongestSensible) return;
            reader.Diagnostics.Warning(DiagnosticCode.InvalidValue, reader.Last,
                $"{name} {Printable.Cut(reader.Last.Text)} is in milliseconds, and more than is sensible",
                $"{LongestSensible.TotalMilliseconds:0} at most");
        });
}
