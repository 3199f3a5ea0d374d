using System.Globalization;

namespace Director.Config.Binder;

/// <summary>
/// Gives instances their interfaces for virtual MAC addresses: one for what goes to the instance's interface and is of its family, and one
/// for each other interface and family if it is wanted there. All have different names.
/// </summary>
internal sealed class VmacCompletion(GlobalDraft globals, DiagnosticSink diagnostics)
{
    private const string DefaultPrefix = "vrrp";

    private readonly Dictionary<string, VrrpInstanceDraft> _taken = new(StringComparer.Ordinal);

    /// <summary>The instance with them, and its addresses with the one that each goes to.</summary>
    public VrrpInstanceConfig Complete(VrrpInstanceDraft draft, VrrpInstanceConfig instance)
    {
        var own = Own(draft, instance);
        var further = new List<AddressVmacConfig>();
        return instance with
        {
            Vmac = own,
            Addresses = [.. instance.Addresses.Select(Place)],
            ExcludedAddresses = [.. instance.ExcludedAddresses.Select(Place)],
            AddressVmacs = further,
        };

        VirtualAddressConfig Place(VirtualAddressConfig address)
        {
            var isV4 = address.Address.IsV4;
            var isAtHome = address.Interface == instance.Interface && isV4 != instance.IsV6;
            if (isAtHome && own is not null) return address with { Vmac = own.Name };
            if (!address.UsesVmac && (isAtHome || !draft.Vmac.IsForAllAddresses)) return address;
            var there = further.Find(vmac => vmac.Parent == address.Interface && vmac.IsV4 == isV4);
            if (there is null && Further(draft, instance, address, further.Count) is { } made) further.Add(there = made);
            return address with { Vmac = there?.Vmac.Name };
        }
    }

    private VmacConfig? Own(VrrpInstanceDraft draft, VrrpInstanceConfig instance)
    {
        var vmac = draft.Vmac;
        if (vmac.Word is not { } word)
        {
            if (vmac.OnParent is { } alone)
                diagnostics.Warning(DiagnosticCode.Conflict, alone, "'vmac_xmit_base' has no effect without 'use_vmac'");
            return null;
        }

        var (mac, onParent) = (vmac.Mac, vmac.OnParent is not null);
        if (instance.Election.IsStrict && (mac is not null || onParent))
        {
            diagnostics.Warning(DiagnosticCode.StrictConflict, word,
                "strict mode has no MAC address but the virtual one, and adverts come from it");
            (mac, onParent) = (null, false);
        }

        // What peers send to an address of the interface below is not heard anywhere else.
        if (!onParent && (instance.Wire.Peers.Count > 0 || instance.Wire.FaultsWithoutPeers))
        {
            diagnostics.Warning(DiagnosticCode.Conflict, word,
                $"to unicast peers adverts go out of {instance.Interface}, not of this interface: theirs come there",
                "write 'vmac_xmit_base'");
            onParent = true;
        }

        var name = vmac.Name ?? Free(globals.VmacPrefix, instance.VirtualRouterId, !instance.IsV6);
        if (_taken.TryAdd(name, draft)) return new(name, mac, onParent, vmac.Group);
        diagnostics.Error(DiagnosticCode.Duplicate, word,
            $"{Printable.Quote(name)} is the interface of vrrp_instance {Printable.Quote(_taken[name].Name)} already");
        return null;
    }

    private AddressVmacConfig? Further(VrrpInstanceDraft draft, VrrpInstanceConfig instance, VirtualAddressConfig address, int count)
    {
        if (count == ConfigLimits.MaxAddressVmacs)
        {
            diagnostics.Add(new(Severity.Error, DiagnosticCode.Limit, address.Location, 0,
                $"an instance has at most {ConfigLimits.MaxAddressVmacs} interfaces for virtual MAC addresses beyond its own", null));
            return null;
        }

        var isV4 = address.Address.IsV4;
        var name = Free(globals.VmacAddressPrefix ?? globals.VmacPrefix, instance.VirtualRouterId, isV4);
        _taken.Add(name, draft);
        var mac = instance.Election.IsStrict ? null : draft.Vmac.Mac;
        return new(address.Interface, isV4, new(name, mac, AdvertisesOnParent: false, draft.Vmac.Group));
    }

    /// <summary>PREFIX.VRID as keepalived's, of IPv6 PREFIX6.VRID if that is taken, else PREFIX1.VRID and so on.</summary>
    private string Free(string? prefix, byte virtualRouterId, bool isV4) =>
        Candidates(prefix ?? DefaultPrefix, virtualRouterId, isV4).First(candidate => !_taken.ContainsKey(candidate));

    private static IEnumerable<string> Candidates(string prefix, byte virtualRouterId, bool isV4)
    {
        yield return Name("");
        if (!isV4) yield return Name("6");
        for (var i = 1; ; i++) yield return Name(i.ToString(CultureInfo.InvariantCulture));

        string Name(string number)
        {
            var end = string.Create(CultureInfo.InvariantCulture, $"{number}.{virtualRouterId}");
            return prefix[..Math.Min(prefix.Length, ConfigLimits.MaxInterfaceNameBytes - end.Length)] + end;
        }
    }
}
