namespace Director.Lab.Scenarios;

/// <summary>How a director is ended.</summary>
internal enum DirectorEnd
{
    /// <summary>SIGTERM to its main process: a planned stop.</summary>
    Terminate,

    /// <summary>SIGKILL to its main process alone: a crash of the program.</summary>
    KillMain,

    /// <summary>SIGKILL to everything on its machine: a loss of power.</summary>
    KillMachine,
}
