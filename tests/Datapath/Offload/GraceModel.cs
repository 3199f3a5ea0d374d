using Director.Datapath.Offload;

namespace Director.Tests.Datapath.Offload;

/// <summary>Grace periods that are over at once, or when the test says so.</summary>
internal sealed class GraceModel : IGracePeriod
{
    private long _requested;
    private long _passed;

    /// <summary>Whether periods stay unfinished until <see cref="Pass"/>.</summary>
    public bool IsHeld { get; set; }

    public long Request() => ++_requested;

    public bool HasPassed(long number) => !IsHeld || number <= _passed;

    /// <summary>All that have been asked for are over.</summary>
    public void Pass() => _passed = _requested;
}
