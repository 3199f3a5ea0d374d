namespace Director.Admin;

/// <summary>Something that virtual routers track and the main process looks at.</summary>
/// <param name="Kind"><c>Script</c>, <c>File</c>, <c>Process</c> or <c>VirtualServer</c>.</param>
/// <param name="Name">Its name; of a virtual server, its address.</param>
/// <param name="State"><c>UP</c>, <c>DOWN</c>, or <c>INIT</c> as long as nothing is known.</param>
/// <param name="Value">Of a file, its number; else 0.</param>
/// <param name="Detail">What was seen last: "exited with 3", "2 processes".</param>
/// <param name="LastRunSeconds">Of a script, seconds since its last run ended; null before that, and for what is not run.</param>
/// <param name="Overdue">Whether no run of a script has ended for three of its periods.</param>
/// <param name="TrackedBy">Who tracks it, and what that does: "VI_1: weight -20".</param>
internal sealed record TrackedStatus(
    string Kind,
    string Name,
    string State,
    int Value,
    string Detail,
    double? LastRunSeconds,
    bool Overdue,
    IReadOnlyList<string> TrackedBy);
