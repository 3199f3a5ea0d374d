using Director.Config.Text;
using Director.Net;
using Row = Director.Config.Binder.Rows<Director.Config.Binder.VirtualServerDraft>;

namespace Director.Config.Binder;

/// <summary><c>virtual_server</c>.</summary>
internal static class VirtualServerKeywords
{
    public static readonly Grammar<VirtualServerDraft> Grammar = new(
    [
        Row.Value("lb_algo", SchedulerArgument.Instance, (service, scheduler) => service.Scheduler = scheduler, alias: "lvs_sched",
            absent: $"{SchedulerArgument.Default} is used"),
        Flag("sh-fallback", SchedulerFlagsConfig.Flag1, "sh"),
        Flag("sh-port", SchedulerFlagsConfig.Flag2, "sh"),
        Flag("mh-fallback", SchedulerFlagsConfig.Flag1, "mh"),
        Flag("mh-port", SchedulerFlagsConfig.Flag2, "mh"),
        Flag("flag-1", SchedulerFlagsConfig.Flag1, null),
        Flag("flag-2", SchedulerFlagsConfig.Flag2, null),
        Flag("flag-3", SchedulerFlagsConfig.Flag3, null),
        .. Row.NotUsed("it has no effect in keepalived either", "hashed"),
        Row.Read("lb_kind", Take.ForwardingMethod, (service, method, reader) =>
            (service.Method, service.IsMethodUnsupported) =
                (method, !MethodArguments.AreSupported(method, reader, "the virtual server is not served")),
            alias: "lvs_method", absent: "NAT is used"),
        Row.Read("protocol", Take.Protocol, (service, protocol, reader) =>
        {
            service.Protocol = protocol;
            if (protocol == IpProtocol.Sctp) reader.ReportUnsupported("the virtual server is not served");
        }, absent: "UDP is used"),
        Row.OptionalRead("persistence_timeout", Take.WholeSeconds(0, 2678400), VirtualServerCompletion.DefaultPersistence,
            ReadPersistence),
        Row.Read("ip_family", Take.OneOf(("inet", true), ("inet6", false)), (service, isV4, reader) =>
            service.Family = (isV4, reader.Statement.Keyword)),
        Row.Read("persistence_granularity", new GranularityArgument(), (service, granularity, reader) =>
            service.Granularity = (granularity, reader.Last)),
        Row.Value("weight", Take.Integer(1), (service, weight) => service.Weight = weight),
        Row.Flag("inhibit_on_failure", service => service.InhibitOnFailure = true),
        Row.Flag("ops", service => service.IsOnePacket = true),
        Row.Flag("alpha", service => service.CheckDefaults.Alpha = true),
        .. CheckDefaultsKeywords.Of<VirtualServerDraft>(service => service.CheckDefaults, fewestRetries: 1),
        Row.Read("sorry_server", Take.Address, ReadSorryServer),
        Row.Flag("sorry_server_inhibit", (service, reader) =>
        {
            service.SorryServer.Inhibit = true;
            service.SorryServer.Options.Add(reader.Last);
        }),
        Row.Read("sorry_server_lvs_method", Take.ForwardingMethod, (service, method, reader) =>
        {
            service.SorryServer.Options.Add(reader.Statement.Keyword);
            (service.SorryServer.Method, service.SorryServer.IsMethodUnsupported) =
                (method, !MethodArguments.AreSupported(method, reader, "the sorry server is not used"));
        }),
        Row.Read("quorum", Take.Integer(1), (service, quorum, reader) => service.Quorum = (quorum, reader.Last)),
        Row.Read("hysteresis", Take.Integer(0), (service, hysteresis, reader) => service.Hysteresis = (hysteresis, reader.Last)),
        Row.Value("virtualhost", Take.Text("the name of a host"), (service, host) => service.VirtualHost = host),
        Row.Block("real_server", RealServerKeywords.Grammar, text => IpAddress128.TryParse(text, out _), BeginRealServer),
        .. ServiceRuleKeywords.OfService,
        .. NotUsedKeywords.OfVirtualServer,
    ]);

    private static Keyword<VirtualServerDraft> Flag(string name, SchedulerFlagsConfig flag, string? scheduler) =>
        Row.Flag(name, (service, reader) => service.SchedulerFlags.Add(new(reader.Last, flag, scheduler)));

    private static void ReadPersistence(VirtualServerDraft service, TimeSpan timeout, ArgumentReader reader)
    {
        if (timeout > TimeSpan.Zero) service.PersistenceTimeout = timeout;
        else reader.Diagnostics.Warning(DiagnosticCode.PersistenceZero, reader.Last, "no time to persist for: the line is ignored");
    }

    private static void ReadSorryServer(VirtualServerDraft service, IpAddress128 address, ArgumentReader reader)
    {
        var word = reader.Last;
        (int, Word)? port = null;
        if (!reader.IsAtEnd)
        {
            if (!reader.TryTake(Take.Integer(0, ushort.MaxValue), out var written)) return;
            if (written != 0) port = (written, reader.Last);
        }

        (service.SorryServer.Address, service.SorryServer.Port) = ((address, word), port);
    }

    private static RealServerDraft? BeginRealServer(VirtualServerDraft service, ArgumentReader header)
    {
        if (!header.TryTake(Take.Address, out var address)) return null;
        int? port = null;
        if (!header.IsAtEnd)
        {
            if (!header.TryTake(Take.Integer(0, ushort.MaxValue), out var written)) return null;
            if (written != 0) port = written;
        }

        header.ExpectEnd();
        var draft = new RealServerDraft(address, port, header.Statement);
        service.RealServers.Add(draft);
        return draft;
    }
}
