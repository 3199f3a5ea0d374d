using System.Runtime.InteropServices;

namespace Director.Hosting;

/// <summary>
/// SIGHUP, from the first moment on: one that comes while the director starts neither ends it nor is lost. Safe from any thread.
/// </summary>
internal sealed class HangUp : IDisposable
{
    private readonly Lock _gate = new();
    private readonly PosixSignalRegistration _registration;
    private Action? _act;
    private bool _waits;

    /// <summary>Takes the signal from now on.</summary>
    public HangUp() => _registration = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
    {
        signal.Cancel = true;
        Raise();
    });

    /// <summary>What is done at each from now on; at once, if one has come already. It must not block.</summary>
    public void Subscribe(Action act)
    {
        lock (_gate)
        {
            _act = act;
            if (!_waits) return;
            _waits = false;
        }

        act();
    }

    /// <inheritdoc/>
    public void Dispose() => _registration.Dispose();

    private void Raise()
    {
        Action? act;
        lock (_gate)
        {
            act = _act;
            _waits |= act is null;
        }

        act?.Invoke();
    }
}
