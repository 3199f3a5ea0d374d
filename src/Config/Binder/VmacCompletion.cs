using System.Globalization;

namespace Director.Config.Binder;

/// <summary>Gives the interfaces for virtual MAC addresses their names.</summary>
internal sealed class VmacCompletion(GlobalDraft globals, DiagnosticSink diagnostics)
{
    private const string DefaultPrefix = "vrrp";

    private readonly Dictionary<string, VrrpInstanceDraft> _taken = new(StringComparer.Ordinal);

    /// <summary>
    /// The interface of an instance, if it is to have one. Its name is PREFIX.VRID as keepalived's, of IPv6 PREFIX6.VRID if that is
    /// taken, else PREFIX1.VRID and so on.
    /// </summary>
    public VmacConfig? Complete(VrrpInstanceDraft draft, byte virtualRouterId, bool isV4, bool isStrict)
    {
        var vmac = draft.Vmac;
        if (vmac.Word is not { } word) return null;
        var (mac, onParent) = (vmac.Mac, vmac.AdvertisesOnParent);
        if (isStrict && (mac is not null || onParent))
        {
            diagnostics.Warning(DiagnosticCode.StrictConflict, word,
                "strict mode has no MAC address but the virtual one, and adverts come from it");
            (mac, onParent) = (null, false);
        }

        var name = vmac.Name ?? Candidates(virtualRouterId, isV4).First(candidate => !_taken.ContainsKey(candidate));
        if (_taken.TryAdd(name, draft)) return new(name, mac, onParent);
        diagnostics.Error(DiagnosticCode.Duplicate, word,
            $"{Printable.Quote(name)} is the interface of vrrp_instance {Printable.Quote(_taken[name].Name)} already");
        return null;
    }

    private IEnumerable<string> Candidates(byte virtualRouterId, bool isV4)
    {
        yield return Name("");
        if (!isV4) yield return Name("6");
        for (var i = 1; ; i++) yield return Name(i.ToString(CultureInfo.InvariantCulture));

        string Name(string number)
        {
            var end = string.Create(CultureInfo.InvariantCulture, $"{number}.{virtualRouterId}");
            var prefix = globals.VmacPrefix ?? DefaultPrefix;
            return prefix[..Math.Min(prefix.Length, ConfigLimits.MaxInterfaceNameBytes - end.Length)] + end;
        }
    }
}
