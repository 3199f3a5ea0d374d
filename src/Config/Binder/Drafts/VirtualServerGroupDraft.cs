using Director.Config.Syntax;
using Director.Config.Text;
using Director.Net;

namespace Director.Config.Binder;

/// <summary>A <c>virtual_server_group</c> in the making.</summary>
internal sealed class VirtualServerGroupDraft(Statement header)
{
    public Statement Header => header;

    /// <summary>Every address and port of it, ranges written out, in order; none twice.</summary>
    public List<Endpoint> Endpoints { get; } = [];

    /// <summary>
    /// Adds what a line stands for; says so and stops at what another line has, and at what is too much or of another family.
    /// </summary>
    public void Add(Word word, IpAddress128 first, int count, ushort port, DiagnosticSink diagnostics)
    {
        if (Endpoints.Count > 0 && Endpoints[0].Address.IsV4 != first.IsV4)
        {
            diagnostics.Error(DiagnosticCode.FamilyMismatch, word, "one virtual_server_group has addresses of one family");
            return;
        }

        if (Endpoints.Count + count > ConfigLimits.MaxGroupEndpoints)
        {
            diagnostics.Error(DiagnosticCode.Limit, word,
                $"with this line the group has more than {ConfigLimits.MaxGroupEndpoints} addresses and ports");
            return;
        }

        for (var i = 0; i < count; i++)
        {
            var endpoint = new Endpoint(IpAddress128.FromHalves(first.Upper, first.Lower + (uint)i), port);
            if (!Endpoints.Contains(endpoint))
            {
                Endpoints.Add(endpoint);
                continue;
            }

            diagnostics.Warning(DiagnosticCode.Duplicate, word, $"{endpoint} is in the group already");
            return;
        }
    }
}
