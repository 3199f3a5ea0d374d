using Director.Admin;
using Director.Commands;
using Director.Config;
using Director.Control;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Director.Hosting;

/// <summary>The main process put together: lifetime, log, the director itself, and its admin API on a Unix socket.</summary>
internal static class Composition
{
    /// <summary>SIGTERM leaves within two seconds; the VRRP process has resigned long before.</summary>
    private static readonly TimeSpan Leave = TimeSpan.FromSeconds(1.5);

    /// <summary>Builds it; nothing is started.</summary>
    public static WebApplication Build(RunOptions options, DirectorSettings settings, DirectorConfig config, HangUp hangUp)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.ListenUnixSocket(AdminSocket.PathIn(options.RunDirectory));

            // Whoever pages through a list of connections may take his time; nothing is kept for him but a stretch of it.
            kestrel.Limits.MinResponseDataRate = null;
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSystemd();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Leave);
        AddLog(builder.Logging, settings.Log);

        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(config);
        builder.Services.AddSingleton(hangUp);
        builder.Services.AddSingleton(HostContext.Of(options.ConfigId));
        builder.Services.AddSingleton<IConfigSource>(services => new ConfigFile(
            options.ConfigFile, services.GetRequiredService<ConfigContext>(), services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<DirectorService>();
        builder.Services.AddHostedService(services => services.GetRequiredService<DirectorService>());

        var application = builder.Build();
        AdminApi.Map(application, application.Services.GetRequiredService<DirectorService>());
        return application;
    }

    private static void AddLog(ILoggingBuilder logging, LogSettings settings)
    {
        logging.SetMinimumLevel(settings.Level);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        // Why a start fails is said once, by whoever refuses; the host would add a stack trace.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        if (settings.Format == LogFormat.Json)
        {
            logging.AddJsonConsole(json => json.UseUtcTimestamp = true);
        }
        else if (Microsoft.Extensions.Hosting.Systemd.SystemdHelpers.IsSystemdService())
        {
            logging.AddSystemdConsole();
        }
        else
        {
            logging.AddConsole(console => console.FormatterName = LineFormatter.Name);
            logging.AddConsoleFormatter<LineFormatter, ConsoleFormatterOptions>();
        }
    }
}
