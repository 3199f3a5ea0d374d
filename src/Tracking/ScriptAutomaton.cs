namespace Director.Tracking;

/// <summary>
/// Whether a script's results, taken together, are good (keepalived/vrrp/vrrp_scheduler.c): a number that rises by successes and falls by
/// failures, 0 to rise + fall − 1, and good from rise on.
/// </summary>
/// <remarks>
/// <code>
/// number                    success                    failure
/// below rise − 1            one up                     0
/// rise − 1                  top: Up                    0 (Down, if it was unknown)
/// rise                      top                        0: Down
/// above rise                top                        one down
/// </code>
/// An automaton that knows nothing yet stands at rise − 1: one result is enough, whichever.
/// </remarks>
public sealed class ScriptAutomaton
{
    private readonly long _rise;
    private readonly long _top;
    private long _level;

    /// <summary>An automaton without results.</summary>
    public ScriptAutomaton(ScriptSettings settings)
    {
        _rise = settings.Rise;
        _top = (long)settings.Rise + settings.Fall - 1;
        (_level, State) = settings.StartsFailed ? (0, TrackedState.Down) : (_rise - 1, TrackedState.Unknown);
    }

    /// <summary>The verdict so far.</summary>
    public TrackedState State { get; private set; }

    /// <summary>Results that are still needed to turn the verdict, if they all go against it.</summary>
    public long Left => State == TrackedState.Up ? _level - _rise + 1 : _rise - _level;

    /// <summary>Takes a result in; whether the verdict changed.</summary>
    public bool Apply(bool isSuccess)
    {
        var before = State;
        _level = (isSuccess, _level.CompareTo(isSuccess ? _rise - 1 : _rise)) switch
        {
            (true, < 0) => _level + 1,
            (true, _) => _top,
            (false, > 0) => _level - 1,
            (false, _) => 0,
        };
        if (_level >= _rise) State = TrackedState.Up;
        else if (!isSuccess || before != TrackedState.Unknown) State = TrackedState.Down;
        return State != before;
    }
}
