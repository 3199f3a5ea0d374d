using System.Globalization;
using Director.Net;

namespace Director.Config;

/// <summary>Holds the configurations of two machines against each other. Pure.</summary>
public static class PeerLinter
{
    /// <summary>What does not fit, each at its place in the first with the place in the second beside it.</summary>
    /// <param name="here">One machine's, read with its syntax kept.</param>
    /// <param name="there">The other's, likewise.</param>
    public static IReadOnlyList<Diagnostic> Compare(ConfigResult here, ConfigResult there)
    {
        ArgumentNullException.ThrowIfNull(here);
        ArgumentNullException.ThrowIfNull(there);
        if (here.HasErrors || there.HasErrors) return [];
        var (own, other) = (new LintContext(here), new LintContext(there));
        return here.Sources.Sort(own.Config.VrrpInstances.SelectMany(instance => Compare(instance, own, other)));
    }

    private static IEnumerable<Diagnostic> Compare(VrrpInstanceConfig here, LintContext own, LintContext other)
    {
        if (Partner(here, other.Config) is not { } there)
        {
            yield return own.About(DiagnosticCode.PeerMissing, here.Location, "virtual_router_id", string.Create(
                CultureInfo.InvariantCulture,
                $"the peer has no {(here.IsV6 ? "IPv6" : "IPv4")} instance of virtual_router_id {here.VirtualRouterId}"));
            yield break;
        }

        foreach (var (keyword, mine, theirs) in Differences(here, there))
            yield return Say(DiagnosticCode.PeerDiffers, keyword, $"{keyword} is {mine}, and {theirs} on the peer");
        if (here.Priority == there.Priority)
            yield return Say(DiagnosticCode.PeerSamePriority, "priority", $"the peer has priority {there.Priority} as well");
        if (here.InitialState == VrrpInitialState.Master && there.InitialState == VrrpInitialState.Master)
            yield return Say(DiagnosticCode.PeerBothMaster, "state", "the peer says state MASTER as well");
        if (IsUnnamed(here, there) is { } address)
            yield return Say(DiagnosticCode.PeerNotNamed, "unicast_peer", $"the peer's own address, {address}, is not among the peers");
        foreach (var track in Weak(here, there))
        {
            yield return own.Say(DiagnosticCode.WeightBelowGap, track.Location, string.Create(CultureInfo.InvariantCulture,
                $"after a failure the priority is {After(here, track)}, not below the peer's {Well(there)}"),
                null, new RelatedPlace(there.Location, 0, "the peer"));
        }

        Diagnostic Say(string code, string keyword, string message)
        {
            var place = other.At(there.Location)?.Find(keyword)?.Words is [.., var word] ? word.Location : there.Location;
            return own.About(code, here.Location, keyword, message, null, new RelatedPlace(place, 0, "on the peer"));
        }
    }

    /// <summary>The same virtual router on the other machine: of several the one of the same name or interface.</summary>
    private static VrrpInstanceConfig? Partner(VrrpInstanceConfig here, DirectorConfig there) =>
        there.VrrpInstances.Where(instance => instance.VirtualRouterId == here.VirtualRouterId && instance.IsV6 == here.IsV6)
            .OrderByDescending(instance => instance.Name == here.Name)
            .ThenByDescending(instance => instance.Interface == here.Interface)
            .FirstOrDefault();

    private static IEnumerable<(string Keyword, string Here, string There)> Differences(VrrpInstanceConfig here, VrrpInstanceConfig there)
    {
        (string Keyword, string Here, string There)[] all =
        [
            ("version", Text(here.Wire.Version), Text(there.Wire.Version)),
            ("advert_int", Seconds(here.AdvertInterval), Seconds(there.AdvertInterval)),
            ("virtual_ipaddress", Addresses(here), Addresses(there)),
        ];
        foreach (var entry in all.Where(entry => entry.Here != entry.There)) yield return entry;

        // Not shown: passwords.
        if (here.Password != there.Password)
            yield return ("authentication", here.Password is null ? "none" : "one", there.Password is null ? "none" : "another");
    }

    /// <summary>
    /// The address of a peer that speaks by unicast and is not named here; null if it is, or if its address is not known.
    /// </summary>
    private static IpAddress128? IsUnnamed(VrrpInstanceConfig here, VrrpInstanceConfig there) =>
        (here.Wire.Peers.Count > 0 || there.Wire.Peers.Count > 0) && there.Source is { } source
            && here.Wire.Peers.All(peer => peer.Address != source)
            ? source
            : null;

    /// <summary>What is tracked with a weight after whose loss this machine would still win; a file's weight depends on the file.</summary>
    private static IEnumerable<TrackConfig> Weak(VrrpInstanceConfig here, VrrpInstanceConfig there) =>
        here.Priority <= there.Priority || here.Priority == byte.MaxValue ? [] : here.Tracks.Where(track =>
            track is { Weight: not 0, IsReversed: false, Kind: not TrackedKind.File } && After(here, track) >= Well(there));

    /// <summary>The priority with all well.</summary>
    private static int Well(VrrpInstanceConfig instance) =>
        instance.Priority + instance.Tracks.Where(track => track.Weight > 0 && !track.IsReversed).Sum(track => track.Weight);

    /// <summary>
    /// The priority with all well but this: positive weights are added while all is well, negative ones taken after a failure.
    /// </summary>
    private static int After(VrrpInstanceConfig here, TrackConfig failed) =>
        here.Priority + here.Tracks.Where(track => track.Weight > 0 && !track.IsReversed && track != failed).Sum(track => track.Weight)
        + Math.Min(failed.Weight, 0);

    private static string Addresses(VrrpInstanceConfig instance) =>
        instance.Addresses.Count == 0 ? "none" : string.Join(' ', instance.Addresses.Select(address => address.Address).Order());

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.##} s");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
