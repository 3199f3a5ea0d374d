using Director.LoadScenarios;

namespace Director.LoadTest.Analysis;

/// <summary>Outcomes in words.</summary>
internal static class Outcomes
{
    /// <summary>For people: <c>timed out</c>.</summary>
    public static string Told(ResponseKind kind) => kind switch
    {
        ResponseKind.Ok => "answered",
        ResponseKind.Refused => "refused",
        ResponseKind.Reset => "reset",
        ResponseKind.TimedOut => "timed out",
        ResponseKind.Unreachable => "unreachable",
        ResponseKind.Malformed => "malformed",
        _ => "turned away",
    };
}
