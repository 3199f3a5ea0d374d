using System.Globalization;
using Director.Config;

namespace Director.Reloading;

/// <summary>
/// A configuration as a list of named objects, so that two configurations can be compared object by object. Pure.
/// </summary>
internal static class ConfigOutline
{
    /// <summary>Every object of <paramref name="config"/>, in the order of the file.</summary>
    public static IReadOnlyList<OutlineObject> Of(DirectorConfig config) => Of(config, config.VirtualServers);

    /// <summary>The same, but of the virtual servers only these.</summary>
    public static IReadOnlyList<OutlineObject> Of(DirectorConfig config, IEnumerable<VirtualServerConfig> services)
    {
        var outline = new List<OutlineObject> { new(PlanKind.Global, "global_defs", config.Globals) };
        outline.AddRange(config.BfdInstances.Select(session => new OutlineObject(PlanKind.Bfd, $"bfd_instance {session.Name}", session)));
        foreach (var instance in config.VrrpInstances) outline.AddRange(Of(instance));
        outline.AddRange(config.SyncGroups.Select(group => new OutlineObject(PlanKind.Group, $"vrrp_sync_group {group.Name}", group)));
        outline.AddRange(config.Scripts.Select(script => new OutlineObject(PlanKind.Tracker, $"vrrp_script {script.Name}", script)));
        outline.AddRange(config.TrackFiles.Select(file => new OutlineObject(PlanKind.Tracker, $"vrrp_track_file {file.Name}", file)));
        outline.AddRange(config.TrackProcesses.Select(process =>
            new OutlineObject(PlanKind.Tracker, $"vrrp_track_process {process.Name}", process)));
        outline.Add(new(PlanKind.Global, "SSL", config.Tls));
        outline.Add(new(PlanKind.Host, "host", config.Host));
        foreach (var service in services) outline.AddRange(Of(service));
        return outline;
    }

    private static IEnumerable<OutlineObject> Of(VrrpInstanceConfig instance)
    {
        var name = $"vrrp_instance {instance.Name}";
        yield return new(PlanKind.Instance, name, instance) { Instance = instance };
        foreach (var address in instance.Addresses) yield return Owned("virtual_ipaddress", TextOf(address), address);
        foreach (var address in instance.ExcludedAddresses) yield return Owned("virtual_ipaddress_excluded", TextOf(address), address);
        foreach (var route in instance.Routes.Distinct()) yield return Owned("virtual_routes", ModelText.Of(route), route);
        foreach (var rule in instance.Rules.Distinct()) yield return Owned("virtual_rules", ModelText.Of(rule), rule);

        OutlineObject Owned(string block, string what, object said) =>
            new(PlanKind.Owned, $"{name} {block} {what}", said) { Owner = name, Instance = instance };
    }

    private static IEnumerable<OutlineObject> Of(VirtualServerConfig service)
    {
        var name = $"virtual_server {service.Key}";
        yield return new(PlanKind.Service, name, service) { Service = service };
        foreach (var server in service.RealServers)
        {
            var its = $"{name} real_server {server.Endpoint.ToString(service.Key.Protocol)}";
            yield return new(PlanKind.Server, its, server) { Owner = name, Service = service, Server = server };
            foreach (var check in ChecksOf(service, server, its)) yield return check;
        }

        if (service.SorryServer is not { } sorry) yield break;
        yield return new(PlanKind.Server, $"{name} sorry_server {sorry.Endpoint.ToString(service.Key.Protocol)}", sorry)
        {
            Owner = name, Service = service, Server = sorry,
        };
    }

    /// <summary>Checks have no names; each is known by its kind and its place among those of its kind.</summary>
    private static IEnumerable<OutlineObject> ChecksOf(VirtualServerConfig service, RealServerConfig server, string name)
    {
        var places = new Dictionary<string, int>();
        foreach (var check in server.Checks)
        {
            var place = places[check.Keyword] = places.GetValueOrDefault(check.Keyword) + 1;
            yield return new(PlanKind.Check, string.Create(CultureInfo.InvariantCulture, $"{name} {check.Keyword} {place}"), check)
            {
                Owner = name, Service = service, Server = server,
            };
        }
    }

    private static string TextOf(VirtualAddressConfig address) => string.Create(CultureInfo.InvariantCulture,
        $"{address.Address}/{address.PrefixLength} dev {address.Vmac ?? address.Interface}");
}
