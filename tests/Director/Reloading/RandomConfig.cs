using System.Globalization;
using System.Text;

namespace Director.Tests.Reloading;

/// <summary>
/// Random configurations over a few names, so that two of them share much: services, groups of them, servers, checks, virtual routers,
/// trackers and globals, each there or not, and saying one thing or another.
/// </summary>
internal sealed class RandomConfig(Random random)
{
    private static readonly string[] Schedulers = ["rr", "wrr", "lc", "wlc", "sh", "mh", "sed", "nq"];

    /// <summary>Another one.</summary>
    public string Next()
    {
        var text = new StringBuilder();
        Globals(text);
        for (var vip = 1; vip <= 3; vip++)
            for (var port = 80; port <= 81; port++)
                if (random.Next(4) > 0) Service(text, $"10.1.0.{vip} {port}", Flip() ? "TCP" : "UDP");
        if (random.Next(2) == 0) Group(text);
        Routers(text);
        return text.ToString();
    }

    private bool Flip() => random.Next(2) == 0;

    private void Globals(StringBuilder text)
    {
        text.Append("global_defs {\n");
        if (Flip()) text.Append(CultureInfo.InvariantCulture, $"lvs_timeouts tcp {100 + random.Next(3)}\n");
        if (Flip()) text.Append(CultureInfo.InvariantCulture, $"router_id R{random.Next(2)}\n");
        text.Append("}\n");
    }

    private void Group(StringBuilder text)
    {
        text.Append("virtual_server_group web {\n");
        for (var host = 1; host <= 1 + random.Next(3); host++) text.Append(CultureInfo.InvariantCulture, $"10.1.1.{host} 80\n");
        text.Append("}\n");
        Service(text, "group web", "TCP");
    }

    private void Service(StringBuilder text, string name, string protocol)
    {
        text.Append(CultureInfo.InvariantCulture, $"virtual_server {name} {{\nlb_algo {Schedulers[random.Next(Schedulers.Length)]}\n");
        text.Append(CultureInfo.InvariantCulture, $"lb_kind {(Flip() ? "DR" : "NAT")}\nprotocol {protocol}\n");
        if (random.Next(3) == 0) text.Append(CultureInfo.InvariantCulture, $"persistence_timeout {50 + random.Next(2)}\n");
        if (random.Next(3) == 0) text.Append("sorry_server 10.2.0.99 80\n");
        var servers = Enumerable.Range(1, 6).Where(_ => Flip()).DefaultIfEmpty(7).ToList();
        if (Flip()) text.Append("quorum 2\n");
        foreach (var server in servers) Server(text, server);
        text.Append("}\n");
    }

    private void Server(StringBuilder text, int server)
    {
        text.Append(CultureInfo.InvariantCulture, $"real_server 10.2.0.{server} 80 {{\nweight {1 + random.Next(3)}\n");
        if (random.Next(4) == 0) text.Append("inhibit_on_failure\n");
        if (random.Next(4) == 0) text.Append("uthreshold 100\n");
        for (var check = 0; check < random.Next(3); check++)
            text.Append(CultureInfo.InvariantCulture, $"TCP_CHECK {{\nconnect_port {80 + check}\nretry {random.Next(3)}\n}}\n");
        text.Append("}\n");
    }

    private void Routers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture,
            $"vrrp_script ok {{\nscript \"/bin/true {random.Next(2)}\"\ninterval {1 + random.Next(2)}\n}}\n");
        text.Append(CultureInfo.InvariantCulture, $"vrrp_track_file level {{\nfile \"/nonexistent/{random.Next(2)}\"\n}}\n");
        var routers = Enumerable.Range(1, 3).Where(_ => random.Next(3) > 0).ToList();
        foreach (var router in routers)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"vrrp_instance V{router} {{\ninterface eth0\nvirtual_router_id {router + (10 * random.Next(2))}\n");
            text.Append(CultureInfo.InvariantCulture, $"priority {100 + random.Next(3)}\nadvert_int {1 + random.Next(2)}\n");
            text.Append(CultureInfo.InvariantCulture, $"virtual_ipaddress {{\n10.1.0.{router}\n");
            if (Flip()) text.Append(CultureInfo.InvariantCulture, $"10.1.9.{router}\n");
            text.Append("}\n");
            if (Flip()) text.Append("track_script {\nok\n}\n");
            if (Flip()) text.Append("track_file {\nlevel weight 1\n}\n");
            text.Append("}\n");
        }

        if (routers.Count >= 2 && Flip())
            text.Append(CultureInfo.InvariantCulture, $"vrrp_sync_group G {{\ngroup {{\nV{routers[0]}\nV{routers[1]}\n}}\n}}\n");
    }
}
