using System.Globalization;

namespace Director.Checks.Probes;

/// <summary>
/// The time that an attempt has: so much for each step, and so much for all of them, so that a server that drips its answer does not hold
/// the check. Used by one attempt, from one place at a time.
/// </summary>
internal sealed class ProbeDeadline : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _registration;
    private readonly CancellationToken _unwanted;
    private readonly TimeProvider _time;
    private readonly TimeSpan _step, _total;
    private readonly long _start;
    private bool _isLastStep;

    /// <summary>Begins the first step.</summary>
    /// <param name="step">Longest time of a step, more than zero.</param>
    /// <param name="steps">How many times that all steps together may take.</param>
    /// <param name="time">The clock.</param>
    /// <param name="unwanted">Cancelled when the attempt is no longer wanted.</param>
    public ProbeDeadline(TimeSpan step, int steps, TimeProvider time, CancellationToken unwanted)
    {
        (_step, _total, _time, _unwanted, _start) = (step, step * steps, time, unwanted, time.GetTimestamp());
        _source = new(step, time);
        _registration = unwanted.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), _source);
    }

    /// <summary>Cancelled when the time is up or the attempt is no longer wanted.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Whether it was the time, not that the attempt is no longer wanted.</summary>
    public bool IsTimeUp => !_unwanted.IsCancellationRequested;

    /// <summary>Why the attempt failed when the time was up.</summary>
    public string Reason
    {
        get
        {
            var seconds = (_isLastStep ? _total : _step).TotalSeconds.ToString(CultureInfo.InvariantCulture);
            return _isLastStep ? $"no end within {seconds} s" : $"no answer within {seconds} s";
        }
    }

    /// <summary>Begins the next step.</summary>
    public void NextStep()
    {
        var left = _total - _time.GetElapsedTime(_start);
        _isLastStep = left < _step;
        _source.CancelAfter(!_isLastStep ? _step : left > TimeSpan.Zero ? left : TimeSpan.Zero);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _registration.Dispose();
        _source.Dispose();
    }
}
