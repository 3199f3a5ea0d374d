using Director.Config.Syntax;

namespace Director.Config;

/// <summary>Checks of real servers.</summary>
internal static class CheckRules
{
    public static readonly IReadOnlyList<LintRule> All =
    [
        new(DiagnosticCode.UncheckedServer, Severity.Warning, "A real server has no check, and others of its pool have.",
            "It always counts as up: when it fails, its share of the clients is lost.",
            "give it the checks of the others")
        {
            Example = Samples.Service("real_server «192.0.2.22» 80 {\n    }"),
            Corrected = Samples.Service(Samples.Server("192.0.2.22 80", "")),
            Check = FindUnchecked,
        },
    ];

    private static IEnumerable<Diagnostic> FindUnchecked(LintContext context) =>
        from service in context.Config.VirtualServers
        let with = service.RealServers.FirstOrDefault(server => server.Checks.Count > 0)
        where with is not null
        from server in service.RealServers
        where server.Checks.Count == 0 && context.At(server.Location) is { } block && !HasBlocks(block)
        select context.About(DiagnosticCode.UncheckedServer, server.Location, null,
            $"{server.Endpoint} has no check and always counts as up", null, new RelatedPlace(with.Location, 0, "this one has"));

    /// <summary>Whether it has a check that was written and is not done.</summary>
    private static bool HasBlocks(Statement server) => server.Block?.Statements.Any(statement => statement.Block is not null) == true;
}
