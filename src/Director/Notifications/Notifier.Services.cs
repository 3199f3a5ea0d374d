using Director.Checks;
using Director.Config;
using Director.Control;
using Director.Net;

namespace Director.Notifications;

/// <summary>What is told of real servers and virtual servers.</summary>
internal sealed partial class Notifier
{
    private readonly ServiceNotifications _services = new();

    /// <summary>Takes the services of a configuration into force, after <see cref="Configure"/>.</summary>
    public void ConfigureServices(DirectorConfig config, Func<ServiceKey, ServicePool> poolOf)
    {
        lock (_gate) Deliver(_services.Configure(config, poolOf));
    }

    /// <summary>A server came up or went down.</summary>
    public void Apply(RealServerKey server, ServicePool pool)
    {
        lock (_gate)
        {
            if (!_isStopping) Deliver(_services.Apply(server, pool));
        }
    }

    /// <summary>A check came to another conclusion.</summary>
    public void Apply(CheckConcluded check)
    {
        lock (_gate)
        {
            if (!_isStopping) Deliver(_services.Apply(check));
        }
    }

    /// <summary>A weight changed.</summary>
    public void LookAtQuorum(ServiceKey service, ServicePool pool)
    {
        lock (_gate)
        {
            if (!_isStopping) Deliver(_services.LookAtQuorum(service, pool));
        }
    }

    private void Deliver(IReadOnlyList<ServiceNotification> notifications)
    {
        foreach (var notification in notifications)
        {
            if (notification.IsState)
            {
                var script = notification.IsUp ? notification.Notify.Up : notification.Notify.Down;
                if (script is not null) QueueOf(notification.Owner).Add(new(_resolver.Resolve(script), []));
                foreach (var (fifo, config) in _fifos)
                    if (config.TellsServers) fifo.Write(notification.FifoLine);
            }

            if (notification.Letter(RouterId) is { } letter) _mailer?.Send(letter);
        }
    }
}
