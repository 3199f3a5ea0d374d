using System.Globalization;
using System.Text.RegularExpressions;
using Director.Datapath.Forwarding;
using Director.Datapath.Tables;
using Director.Net;

namespace Director.Tests.Conformance.Replay;

/// <summary>
/// Plays a scenario against the forwarder, by a clock that jumps over the waits, and compares each step with what the kernel did.
/// </summary>
internal sealed partial class Replayer : IDisposable
{
    private const ulong Seed = 0x5eed;

    private readonly IPacketPath _path;
    private readonly ServiceList _services = new();
    private readonly ConnectionTable _connections = new(4096, Seed);
    private readonly Forwarder _forwarder;
    private ForwardingTable _table = ForwardingTable.Empty();
    private MonoTime _now = MonoTime.Zero + TimeSpan.FromDays(10);

    private Replayer(IPacketPath path)
    {
        _path = path;
        _forwarder = new(0, _connections, new(4096, Seed));
        _path.Serve(_table);
    }

    /// <summary>Plays <paramref name="scenario"/>; throws at the first step where the forwarder differs from the kernel.</summary>
    public static void Play(Scenario scenario, IPacketPath path)
    {
        using var replayer = new Replayer(path);
        foreach (var step in scenario.Steps) replayer.Play(step);
    }

    public void Dispose() => _connections.Dispose();

    private void Play(Step step)
    {
        switch (step.Kind)
        {
            case StepKind.Command:
                Execute(step);
                break;
            case StepKind.Packets:
                var (link, frames) = PacketText.Read(step.Text);
                var outcomes = frames.Select(frame => _path.Send(link, frame, _forwarder, _table, _now)).ToArray();
                Expect(step, Outcome.Split(step.Seen), outcomes);
                break;
            case StepKind.Wait:
                Pass(step.Duration);
                break;
        }
    }

    private void Execute(Step step)
    {
        var words = step.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        switch (words)
        {
            case ["ipvsadm", "-Ln"]:
                Expect(step, [.. step.Seen.Where(line => ServerLine().IsMatch(line))], [.. Listed()]);
                break;
            case ["ipvsadm", .. var arguments]:
                _services.Apply(arguments);
                _table = ForwardingTable.Build(_services.Services, _table, _now);
                _path.Serve(_table);
                break;
            default:
                throw new NotSupportedException($"{step.Place}: {step.Text}");
        }
    }

    /// <summary>Lets time pass as an idle worker does, which looks at its connections now and then.</summary>
    private void Pass(TimeSpan duration)
    {
        var end = _now + duration;
        while (_now < end)
        {
            _now = MonoTime.Min(_now + TimeSpan.FromSeconds(1), end);
            _forwarder.Expire(_table, _now);
        }
    }

    /// <summary>The servers as <c>ipvsadm -Ln</c> lists them.</summary>
    private IEnumerable<string> Listed() =>
        from service in _services.Services
        orderby service.Key.Virtual.Address.IsV4 descending, service.Key.Protocol, service.Key.Virtual.Address, service.Key.Virtual.Port
        from server in service.Servers
        orderby server.Endpoint.Address, server.Endpoint.Port
        let state = _table.Find(new RealServerKey(service.Key, server.Endpoint))
        select string.Create(CultureInfo.InvariantCulture,
            $"  -> {Named(server.Endpoint),-28} {"Route",-7} {server.Weight,-6} {state.ActiveConnections,-10} {state.InactiveConnections,-10}");

    private static string Named(Endpoint point) => point.Address.IsV4 ? $"{point.Address}:{point.Port}" : $"[{point.Address}]:{point.Port}";

    private static void Expect(Step step, IReadOnlyList<string> expected, IReadOnlyList<string> actual)
    {
        if (expected.SequenceEqual(actual)) return;
        throw new ConformanceException($"""
            {step.Place}: {step.Line}
            kernel: {string.Join("\n        ", expected)}
            here:   {string.Join("\n        ", actual)}
            """);
    }

    [GeneratedRegex(@"^  -> .*:\d+ ")]
    private static partial Regex ServerLine();
}
