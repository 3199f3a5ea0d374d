using Director.Net;

namespace Director.LoadTest.Engine;

/// <summary>The clock that users come by, and how to wait on it.</summary>
internal interface ITimeline : IMonoClock
{
    /// <summary>Lets the calling thread sleep; it may wake a little later.</summary>
    void SleepUntil(MonoTime instant);
}
