using Director.Net;

namespace Director.VrrpProcess;

/// <summary>
/// Lets a few lines of a kind through in each <see cref="ControlLimits.BetweenLines"/>, and then says how many it held back.
/// </summary>
/// <param name="burst">How many, at least one.</param>
internal struct LineGate(int burst)
{
    private MonoTime _closesAt = MonoTime.Zero;
    private int _passed;
    private int _held;

    /// <summary>Whether a line may be written now; <paramref name="held"/> is how many were held back before it.</summary>
    public bool TryPass(MonoTime now, out int held)
    {
        held = 0;
        if (now >= _closesAt)
        {
            (held, _held, _passed) = (_held, 0, 0);
            _closesAt = now + ControlLimits.BetweenLines;
        }

        if (++_passed <= burst) return true;
        _held++;
        return false;
    }
}
