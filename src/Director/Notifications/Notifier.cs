using System.Globalization;
using Director.Config;
using Director.Hosting;
using Director.Linux;
using Director.Linux.Processes;
using Director.Trackers;
using Director.VrrpProcess;
using Microsoft.Extensions.Logging;

namespace Director.Notifications;

/// <summary>
/// Tells others what virtual routers, virtual servers and real servers do: scripts, named pipes and mail. What is told of one of them is
/// told in order, one script after the other; of different ones side by side. Nothing waits for it. Safe from any thread.
/// </summary>
internal sealed partial class Notifier(ChildSpawner spawner, MailSettings mailSettings, TimeProvider time, ILogger log) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly NotificationState _state = new();
    private readonly Dictionary<string, DeliveryQueue<ScriptCall>> _scripts = [];
    private readonly List<(NotifyFifo Fifo, NotifyFifoConfig Config)> _fifos = [];
    private string _fifoIdentity = "";
    private GlobalConfig _globals = new(null);
    private ScriptResolver _resolver = ScriptResolver.OfThisProcess(new());
    private Mailer? _mailer;
    private List<Task> _retiring = [];
    private bool _isStopping;

    private string RouterId => _globals.RouterId ?? System.Net.Dns.GetHostName();

    /// <summary>Takes a configuration into force, the first or a reload's.</summary>
    public void Configure(DirectorConfig config, bool isReload)
    {
        lock (_gate)
        {
            _globals = config.Globals;
            _resolver = ScriptResolver.OfThisProcess(config.Globals.ScriptPolicy);
            var last = _state.Configure(config);
            ConfigureFifos(config.Globals);
            ConfigureMail(config.Globals.Mail);
            foreach (var (notification, notify) in last) Deliver(notification, notify);
            if (!isReload || !config.Globals.TellsFifosOnReload) return;
            foreach (var notification in _state.All())
                TellFifos(notification);
        }
    }

    /// <summary>Tries what a reload would need: pipes that are not written into yet.</summary>
    /// <exception cref="LinuxException">One of them cannot be made.</exception>
    public void Rehearse(DirectorConfig config)
    {
        lock (_gate)
        {
            var resolver = ScriptResolver.OfThisProcess(config.Globals.ScriptPolicy);
            foreach (var wanted in config.Globals.Fifos.Where(wanted => _fifos.TrueForAll(fifo => fifo.Fifo.Path != wanted.Path)))
            {
                if (_globals.Fifos.Any(known => known.Path == wanted.Path)) continue;
                if (resolver.CredentialsOf(wanted.User, wanted.Group).Credentials is { } owner) NotifyFifo.Try(wanted.Path, owner);
            }
        }
    }

    /// <summary>Tells what a report is worth telling.</summary>
    public void Apply(VrrpReport report)
    {
        lock (_gate)
        {
            // Masters resign while the director stops, which is what STOP says.
            if (_isStopping) return;
            foreach (var notification in _state.Apply(report)) Deliver(notification, _state.NotifyOf(notification));
        }
    }

    /// <summary>From now on only the end is told.</summary>
    public void BeginStop()
    {
        lock (_gate) _isStopping = true;
    }

    /// <summary>Tells the end, and gives all that waits <see cref="NotifyLimits.StopTime"/>.</summary>
    public async Task StopAsync()
    {
        List<Task> draining;
        lock (_gate)
        {
            _isStopping = true;
            foreach (var notification in _state.Stop()) Deliver(notification, _state.NotifyOf(notification));
            Deliver(_services.Stop());
            var patience = NotifyLimits.StopTime;
            draining =
            [
                .. _scripts.Values.Select(queue => queue.DrainAsync(patience)),
                .. _fifos.Select(fifo => fifo.Fifo.DrainAsync(patience)),
            ];
            if (_mailer is { } mailer) draining.Add(mailer.DrainAsync(patience));
        }

        await Task.WhenAll(draining);
    }

    /// <summary>How it goes, for each way of telling.</summary>
    public IReadOnlyList<DeliverySnapshot> Snapshot()
    {
        lock (_gate)
        {
            List<DeliverySnapshot> all =
                [.. _scripts.Values.Select(queue => queue.Snapshot()), .. _fifos.Select(fifo => fifo.Fifo.Snapshot())];
            if (_mailer is { } mailer) all.Add(mailer.Snapshot());
            return all;
        }
    }

    /// <summary>Ends what is under way, and tells in the log what was not delivered.</summary>
    public async ValueTask DisposeAsync()
    {
        List<Task> ending;
        lock (_gate)
        {
            _isStopping = true;
            ending =
            [
                .. _retiring,
                .. _scripts.Values.Select(queue => queue.DisposeAsync().AsTask()),
                .. _fifos.Select(fifo => fifo.Fifo.DisposeAsync().AsTask()),
            ];
            if (_mailer is { } mailer) ending.Add(mailer.DisposeAsync().AsTask());
            _scripts.Clear();
            _fifos.Clear();
            _mailer = null;
        }

        await Task.WhenAll(ending);
    }

    private void ConfigureFifos(GlobalConfig globals)
    {
        var wanted = globals.Fifos.Select(fifo => (
            Fifo: fifo,
            Owner: _resolver.CredentialsOf(fifo.User, fifo.Group),
            Reader: fifo.Script is { } script ? _resolver.Resolve(script) : null)).ToList();
        var identity = string.Join('\n', wanted.Select(fifo => 
            $"{fifo.Fifo.Path} {fifo.Owner.Credentials} {fifo.Reader?.Identity} {fifo.Fifo.TellsVrrp} {fifo.Fifo.TellsServers}"));
        if (identity == _fifoIdentity) return;
        _fifoIdentity = identity;
        Retire(_fifos.Select(fifo => fifo.Fifo.DisposeAsync().AsTask()));
        _fifos.Clear();
        foreach (var (fifo, (owner, _), reader) in wanted)
        {
            if (owner is null) continue;
            try
            {
                _fifos.Add((new(fifo.Path, owner, reader?.Command, spawner, time, log), fifo));
            }
            catch (LinuxException refusal)
            {
                log.LogError("{Place}: {Path} is not written into: {Why}", fifo.Location, fifo.Path, refusal.Message);
            }
        }
    }

    private void ConfigureMail(MailConfig mail)
    {
        if (_mailer is { } mailer)
        {
            if (mailer.Config with { To = mail.To } == mail && mailer.Config.To.SequenceEqual(mail.To)) return;
            Retire([RetireAsync(mailer)]);
        }

        _mailer = mail.IsUsable ? new(mail, mailSettings, time, log) : null;
    }

    /// <summary>What waits is sent to the server that it was meant for.</summary>
    private static async Task RetireAsync(Mailer mailer)
    {
        await mailer.DrainAsync(NotifyLimits.ScriptTime);
        await mailer.DisposeAsync();
    }

    private void Retire(IEnumerable<Task> ending) => _retiring = [.. _retiring.Where(task => !task.IsCompleted), .. ending];

    private void Deliver(Notification notification, NotifyConfig notify)
    {
        foreach (var call in Calls(notification, notify)) QueueOf($"{(notification.IsGroup ? "group " : "")}{notification.Name}").Add(call);
        if (notification.IsState || notification.Event == NotifyEvent.MasterHearsLower || notify.SaysPriority)
            TellFifos(notification);
        if (!notification.IsState || !notify.SendsMail) return;
        if (notification.Event == NotifyEvent.Fault && _globals.Mail.IsSilentAboutFaults) return;
        _mailer?.Send(MailLetter.Of(RouterId, notification));
    }

    private void TellFifos(in Notification notification)
    {
        foreach (var (fifo, config) in _fifos)
            if (config.TellsVrrp) fifo.Write(notification.FifoLine);
    }

    private IEnumerable<ScriptCall> Calls(Notification notification, NotifyConfig notify)
    {
        var own = notification.Event switch
        {
            NotifyEvent.Master => notify.Master,
            NotifyEvent.Backup => notify.Backup,
            NotifyEvent.Fault => notify.Fault,
            NotifyEvent.Stop => notify.Stop,
            NotifyEvent.Deleted => notify.Deleted,
            NotifyEvent.MasterHearsLower => notify.MasterHearsLower,
            _ => null,
        };
        if (own is not null) yield return new(_resolver.Resolve(own), []);
        if (notify.Any is not { } any || !notification.IsState) yield break;
        yield return new(_resolver.Resolve(any),
            [notification.Kind, notification.Name, notification.EventName, notification.Priority.ToString(CultureInfo.InvariantCulture)]);
    }

    private DeliveryQueue<ScriptCall> QueueOf(string owner) => _scripts.TryGetValue(owner, out var queue)
        ? queue
        : _scripts[owner] = new($"scripts of {owner}", NotifyLimits.Scripts, RunAsync, log);

    private async Task<string?> RunAsync(ScriptCall call, CancellationToken stop)
    {
        if (call.Script.Command is not { } command) return $"not run: {call.Script.Refusal}";
        var outcome = await ChildRun.RunAsync(spawner, command.With(call.Arguments), NotifyLimits.ScriptTime, time, stop);
        return outcome.IsSuccess ? null : outcome.ToString();
    }
}
