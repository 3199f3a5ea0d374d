using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace Director.Hosting;

/// <summary>
/// The signals by which keepalived is asked to write its state into files. Scripts of old that send one must not end the director, which is
/// what a signal does that nobody takes: each is taken from the first moment on, and the log says where to look instead.
/// </summary>
internal sealed class KeepalivedSignals : IDisposable
{
    // The kernel's numbers; of the real-time signals those of glibc, whose first is 34 (signal(7)).
    private static readonly (int Number, string Name, string Instead)[] Known =
    [
        (10, "SIGUSR1, which has keepalived write its data", "`director status` shows it"),
        (12, "SIGUSR2, which has keepalived write its counters", "`director stats` and `director status` show them"),
        (36, "SIGRTMIN+2, which has keepalived write its data as JSON", "`director status --json` shows it"),
        (63, "SIGRTMAX-1, which has keepalived write its counters and clear them", "`director stats` shows them"),
    ];

    private readonly List<PosixSignalRegistration> _registrations = [];
    private ILogger? _log;

    /// <summary>Takes the signals from now on.</summary>
    public KeepalivedSignals()
    {
        foreach (var (number, name, instead) in Known)
        {
            _registrations.Add(PosixSignalRegistration.Create((PosixSignal)number, signal =>
            {
                signal.Cancel = true;
                _log?.LogInformation("{Signal}, came: nothing is written; {Instead}", name, instead);
            }));
        }
    }

    /// <summary>Where it is said from now on.</summary>
    public void Log(ILogger log) => _log = log;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
    }
}
