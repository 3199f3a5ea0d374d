using System.Text.Json.Serialization;

namespace Director.Reloading;

/// <summary>What an object of a configuration is, in the order in which a plan shows them.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PlanKind>))]
internal enum PlanKind
{
    /// <summary><c>global_defs</c>.</summary>
    Global,

    /// <summary>What the host has whoever is master: <c>static_ipaddress</c> and the like.</summary>
    Host,

    /// <summary><c>bfd_instance</c>.</summary>
    Bfd,

    /// <summary><c>vrrp_instance</c>.</summary>
    Instance,

    /// <summary>An address, a route or a rule of a <c>vrrp_instance</c>.</summary>
    Owned,

    /// <summary><c>vrrp_sync_group</c>.</summary>
    Group,

    /// <summary><c>vrrp_script</c>, <c>vrrp_track_file</c>, <c>vrrp_track_process</c>.</summary>
    Tracker,

    /// <summary><c>virtual_server</c>.</summary>
    Service,

    /// <summary><c>real_server</c>, <c>sorry_server</c>.</summary>
    Server,

    /// <summary>A check of a <c>real_server</c>.</summary>
    Check,
}
