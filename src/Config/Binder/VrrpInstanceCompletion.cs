using System.Globalization;
using System.Text;
using Director.Net;
using Director.Net.Wire;

namespace Director.Config.Binder;

/// <summary>Fills in the defaults of <c>vrrp_instance</c> blocks and checks each against itself and the others.</summary>
internal sealed class VrrpInstanceCompletion(GlobalDraft globals, DiagnosticSink diagnostics)
{
    private const byte DefaultPriority = 100;

    /// <summary>Addresses of 16 bytes behind the headers of Ethernet, IPv6 and VRRP in 1500 bytes, as keepalived reckons.</summary>
    private const int MostV6OnEthernet = (1500 - 14 - 40 - 8) / 16;

    private readonly ElectionCompletion _election = new(globals.Election, diagnostics);
    private readonly WireCompletion _wire = new(globals.Wire, diagnostics);

    /// <summary>The instances that can be run, in order.</summary>
    public IReadOnlyList<VrrpInstanceConfig> Complete(IReadOnlyList<VrrpInstanceDraft> drafts)
    {
        List<VrrpInstanceConfig> instances = [];
        var vmacs = new VmacCompletion(globals, diagnostics);
        var byId = new Dictionary<(string Interface, byte Id, bool IsV6, bool IsUnicast, IpAddress128? Group), VrrpInstanceConfig>();
        foreach (var draft in drafts)
        {
            if (Complete(draft) is not { } instance) continue;
            instances.Add(vmacs.Complete(draft, instance));
            // Families, groups, and unicast have numbers of their own.
            var isUnicast = instance.Wire.Peers.Count > 0 || instance.Wire.FaultsWithoutPeers;
            var key = (instance.Interface, instance.VirtualRouterId, instance.IsV6, isUnicast, isUnicast ? null : instance.Wire.Group);
            if (byId.TryAdd(key, instance)) continue;
            var other = byId[key];
            diagnostics.Error(DiagnosticCode.DuplicateVrid, draft.Header.Words[1], string.Create(CultureInfo.InvariantCulture,
                $"{Name(draft)} has virtual_router_id {instance.VirtualRouterId} on {instance.Interface}, ") +
                $"as has {Printable.Quote(other.Name)} at {other.Location}", related: RelatedPlace.First(other.Location));
        }

        ReportSharedAddresses(instances);
        return instances;
    }

    private VrrpInstanceConfig? Complete(VrrpInstanceDraft draft)
    {
        var priority = (byte)(draft.Priority ?? (draft.State == VrrpInitialState.Master ? VrrpPriority.Owner : DefaultPriority));
        var state = draft.State ?? (priority == VrrpPriority.Owner ? VrrpInitialState.Master : VrrpInitialState.Backup);
        state = _election.State(draft, state, priority);
        var advertised = new List<VirtualAddressDraft>();
        var excluded = new List<VirtualAddressDraft>();
        var hasAddresses = TryCompleteAddresses(draft, advertised, excluded);
        var isV6 = draft.Addresses.Lines.Count > 0 ? !draft.Addresses.Lines[0].Address.IsV4 : IsV6WithoutAddresses(draft.Wire);
        var password = Password(draft, isV6);
        var preempt = Preempt(draft, state, priority);
        var preemptDelay = PreemptDelay(draft, state);
        var interval = _wire.Interval(draft, isV6);
        var source = _wire.Source(draft, isV6);
        var wire = _wire.Complete(draft, isV6);
        var election = _election.Complete(draft, preempt);
        var isForbidden = _wire.IsForbidden(draft, isV6, election.IsStrict);
        var isRefused = draft.IsRefused || draft.Authentication.IsRefused || isForbidden;
        if (isRefused || !hasAddresses || draft.Interface is not { } device || draft.VirtualRouterId is not { } id) return null;
        return new(draft.Name, state, device, (byte)id, priority, interval, password,
            [.. advertised.Select(address => address.Complete(device))], [.. excluded.Select(address => address.Complete(device))],
            preempt, preemptDelay, draft.Garp.Complete(globals.Garp), source, draft.Header.Keyword.Location)
        {
            Election = election,
            Wire = wire,
            AllowsNoAddresses = advertised.Count == 0,
            IsV6WithoutAddresses = isV6,
            Routes = draft.Routes.Lines,
            Rules = draft.Rules.Lines,
            PromotesSecondaries = draft.PromotesSecondaries,
            Accepts = draft.Accepts ?? !(election.IsStrict && priority != VrrpPriority.Owner),
        };
    }

    private static bool IsV6WithoutAddresses(WireDraft wire) =>
        wire.IsNativeV6 || (wire.Source ?? wire.Peers.Lines.FirstOrDefault()?.Address) is { IsV4: false };

    private static string Name(VrrpInstanceDraft draft) => $"vrrp_instance {Printable.Quote(draft.Name)}";

    /// <summary>Sorts out which addresses go into advertisements and which do not; false if none is left to advertise.</summary>
    private bool TryCompleteAddresses(VrrpInstanceDraft draft, List<VirtualAddressDraft> advertised, List<VirtualAddressDraft> excluded)
    {
        var seen = new Dictionary<IpAddress128, VirtualAddressDraft>();
        foreach (var address in draft.Addresses.Lines)
        {
            var first = draft.Addresses.Lines[0].Address;
            if (address.Address.IsV4 != first.IsV4)
            {
                diagnostics.Error(DiagnosticCode.FamilyMismatch, address.Word,
                    $"{address.Address} is not of the family of {first}, which comes first",
                    "move it to virtual_ipaddress_excluded");
            }
            else if (!IsRepeated(address, seen))
            {
                advertised.Add(address);
            }
        }

        foreach (var address in draft.ExcludedAddresses.Lines)
        {
            if (!IsRepeated(address, seen)) excluded.Add(address);
        }

        MoveOverflow(advertised, excluded);
        if (advertised.Count > 0) return true;
        if (draft.NoAddresses is { } word && !_election.Forbids(draft, "no_virtual_ipaddress", word))
            return !draft.Addresses.HasUnreadableLines;
        if (!draft.Addresses.HasUnreadableLines)
            diagnostics.Warning(DiagnosticCode.NoAddress, draft.Header.Words[1], $"{Name(draft)} has no virtual_ipaddress: it is not run");
        return false;
    }

    private bool IsRepeated(VirtualAddressDraft address, Dictionary<IpAddress128, VirtualAddressDraft> seen)
    {
        if (seen.TryAdd(address.Address, address)) return false;
        diagnostics.Warning(DiagnosticCode.DuplicateAddress, address.Word,
            $"{address.Address} stands at {seen[address.Address].Word.Location} already; this line is ignored",
            related: RelatedPlace.First(seen[address.Address].Word.Location));
        return true;
    }

    private void MoveOverflow(List<VirtualAddressDraft> advertised, List<VirtualAddressDraft> excluded)
    {
        const int most = ConfigLimits.MaxAdvertisedAddresses;
        if (advertised.Count is > MostV6OnEthernet and <= most && !advertised[0].Address.IsV4)
        {
            diagnostics.Hint(DiagnosticCode.Limit, advertised[MostV6OnEthernet].Word, string.Create(CultureInfo.InvariantCulture,
                $"an advert has room for {MostV6OnEthernet} IPv6 addresses where the MTU is 1500: this and those below are in none there"),
                "move them to virtual_ipaddress_excluded, on all machines");
        }

        if (advertised.Count > most)
        {
            diagnostics.Warning(DiagnosticCode.Limit, advertised[most].Word,
                $"an advertisement has room for {most} addresses: this one and those after it are treated as virtual_ipaddress_excluded");
            excluded.InsertRange(0, advertised.Skip(most));
            advertised.RemoveRange(most, advertised.Count - most);
        }

        if (excluded.Count <= ConfigLimits.MaxExcludedAddresses) return;
        diagnostics.Error(DiagnosticCode.Limit, excluded[ConfigLimits.MaxExcludedAddresses].Word,
            $"an instance has at most {ConfigLimits.MaxExcludedAddresses} excluded addresses");
        excluded.RemoveRange(ConfigLimits.MaxExcludedAddresses, excluded.Count - ConfigLimits.MaxExcludedAddresses);
    }

    private string? Password(VrrpInstanceDraft draft, bool isV6)
    {
        var authentication = draft.Authentication;
        if (authentication is not { TypeWord: not null, IsRefused: false, Password: { } password, PasswordWord: { } word }) return null;
        if (_election.Forbids(draft, "authentication", word)) return null;
        if (isV6 || _wire.Version(draft, isV6) == 3)
        {
            diagnostics.Warning(DiagnosticCode.AuthenticationIgnored, word,
                "'authentication' has no effect: only VRRP version 2 over IPv4 has it");
            return null;
        }

        const int most = ConfigLimits.MaxPasswordBytes;
        if (Encoding.UTF8.GetByteCount(password) <= most) return password;
        var kept = password;
        while (Encoding.UTF8.GetByteCount(kept) > most) kept = kept[..^1];
        if (Encoding.UTF8.GetByteCount(kept) < most || char.IsHighSurrogate(kept[^1]))
        {
            diagnostics.Error(DiagnosticCode.InvalidValue, word, $"the first {most} bytes of auth_pass end within a character",
                "use ASCII characters only");
            return null;
        }

        diagnostics.Warning(DiagnosticCode.PasswordCut, word, $"only the first {most} bytes of auth_pass are used");
        return kept;
    }

    private bool Preempt(VrrpInstanceDraft draft, VrrpInitialState state, byte priority)
    {
        if (draft.NoPreempt is not { } word) return true;
        if (state != VrrpInitialState.Master && priority != VrrpPriority.Owner) return false;
        var (what, remedy) = priority == VrrpPriority.Owner
            ? ("priority 255", "lower the priority")
            : ("state MASTER", "write state BACKUP on both machines");
        diagnostics.Warning(DiagnosticCode.NopreemptIgnored, word, $"'nopreempt' has no effect with {what}", remedy);
        return true;
    }

    private TimeSpan PreemptDelay(VrrpInstanceDraft draft, VrrpInitialState state)
    {
        if (draft is not { PreemptDelay: { } delay, PreemptDelayWord: { } word }) return TimeSpan.Zero;
        if (delay > TimeSpan.Zero && _election.Forbids(draft, "preempt_delay", word)) return TimeSpan.Zero;
        if (state != VrrpInitialState.Master || delay == TimeSpan.Zero) return delay;
        diagnostics.Warning(DiagnosticCode.PreemptDelayIgnored, word,
            "'preempt_delay' has no effect with state MASTER", "write state BACKUP");
        return TimeSpan.Zero;
    }

    private void ReportSharedAddresses(List<VrrpInstanceConfig> instances)
    {
        var owners = new Dictionary<IpAddress128, (VrrpInstanceConfig Instance, SourceLocation Location)>();
        foreach (var instance in instances)
        {
            foreach (var address in instance.AllAddresses())
            {
                if (owners.TryAdd(address.Address, (instance, address.Location))) continue;
                var (owner, first) = owners[address.Address];
                diagnostics.Add(new(Severity.Warning, DiagnosticCode.DuplicateAddress, address.Location, 0,
                    $"{address.Address} belongs to vrrp_instance {Printable.Quote(owner.Name)} as well", null)
                {
                    Related = [RelatedPlace.First(first)],
                });
            }
        }
    }
}
