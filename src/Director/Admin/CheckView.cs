using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Director.Admin;

/// <summary>The checks of a service of which a person should know.</summary>
internal static class CheckView
{
    /// <summary>A line for each check that fails, is retried, overdue or suspended.</summary>
    public static IEnumerable<IRenderable> Of(ServiceStatus service) =>
        from server in service.Servers
        from check in server.Checks
        where !check.Passes || check.Overdue || check.Suspended || check.Reason is not null
        select new Markup(Markup.Escape($"  {server.Address} {Words(check)}"), Style(check));

    /// <summary>Such as <c>TCP_CHECK fails: Connection refused; 7 attempts, the last 2.1 s ago in 0.3 ms, the next in 3.9 s</c>.</summary>
    public static string Words(CheckStatus check)
    {
        var state = check switch
        {
            { Overdue: true } => "is overdue: no result for three periods",
            { Suspended: true } => "is suspended: no VIP of the service is on this host",
            { Passes: false, Concluded: false } => "has not passed yet",
            { Passes: false } => "fails",
            { Reason: not null, Concluded: true } => string.Create(
                CultureInfo.InvariantCulture, $"is retried, {check.Failures} of {check.Retries}"),
            _ => "passes",
        };
        var reason = check.Reason is { } why ? $": {why}" : "";
        var last = check is { LastSecondsAgo: { } age }
            ? string.Create(CultureInfo.InvariantCulture, $", the last {age} s ago in {check.LastMilliseconds ?? 0} ms")
            : "";
        var next = check.NextInSeconds is { } wait ? string.Create(CultureInfo.InvariantCulture, $", the next in {wait} s") : "";
        var attempts = check.Attempts == 1 ? "attempt" : "attempts";
        return string.Create(CultureInfo.InvariantCulture, $"{check.Kind} {state}{reason}; {check.Attempts} {attempts}{last}{next}");
    }

    private static Style Style(CheckStatus check) => new(check is { Passes: false } or { Overdue: true } ? Color.Red : Color.Yellow);
}
