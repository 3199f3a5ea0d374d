using Director.Lab.Client;
using Director.Lab.Topology;
using Director.Net;

namespace Director.Lab.Scenarios;

/// <summary>
/// What a scenario can do and see. The real one is <see cref="LabStage"/>; tests have a stage without kernel and with a clock of their
/// own.
/// </summary>
internal interface ILabStage
{
    /// <summary>The network.</summary>
    LabPlan Plan { get; }

    /// <summary>The present instant, on the clock that the requests are stamped by.</summary>
    MonoTime Now { get; }

    /// <summary>What the steady client saw so far.</summary>
    RequestLog Requests { get; }

    /// <summary>Lets time pass.</summary>
    Task PauseAsync(TimeSpan span, CancellationToken stop);

    /// <summary>Looks at all directors.</summary>
    Task<StageView> ObserveAsync(CancellationToken stop);

    /// <summary>Starts the director on a machine; it must not run.</summary>
    void StartDirector(string role);

    /// <summary>Ends the director on a machine; returns at once.</summary>
    void EndDirector(string role, DirectorEnd how);

    /// <summary>Starts the web server on a machine and waits until it listens.</summary>
    Task StartServerAsync(string role, CancellationToken stop);

    /// <summary>Closes the port of the web server on a machine.</summary>
    void StopServer(string role);

    /// <summary>Starts asking the VIP all the time, as the plan's steady clients.</summary>
    void StartAsking();

    /// <summary>Makes requests to the VIP of the sources' family, one after the other, the sources taking turns.</summary>
    Task<IReadOnlyList<RequestResult>> RequestAsync(IReadOnlyList<string> sources, int each, CancellationToken stop);
}
