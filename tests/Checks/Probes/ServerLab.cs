using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Director.Checks.Probes;
using Director.Lab.Namespaces;
using Director.Net;
using Director.Tests.Linux.Vrrp;
using Director.Tests.Support;

namespace Director.Tests.Checks.Probes;

/// <summary>A machine with real servers on it, and another that probes them.</summary>
internal sealed class ServerLab : IDisposable
{
    public const string V4 = "10.77.0.2", V6 = "fd77::2", LinkLocal = "fe80::77:2";

    private readonly NamespaceSet _set = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("director-checks-").FullName;
    private readonly List<NamespaceProcess> _processes = [];

    public ServerLab()
    {
        (Prober, Servers) = (_set.Create("prober", ipv6: true), _set.Create("servers", ipv6: true));
        Veth.Connect(Prober, "e0", Servers, "e0");
        foreach (var (where, number) in new[] { (Prober, 1), (Servers, 2) })
        {
            where.Ip("address", "add", $"10.77.0.{number}/24", "dev", "e0");
            where.Ip("address", "add", $"fd77::{number}/64", "dev", "e0", "nodad");
            where.Ip("address", "add", $"fe80::77:{number}/64", "dev", "e0", "nodad");
        }

        // nginx's workers are not root.
        File.SetUnixFileMode(_folder, (UnixFileMode)0b111_101_101);
    }

    public NetworkNamespace Prober { get; }

    public NetworkNamespace Servers { get; }

    public string this[string file] => Path.Combine(_folder, file);

    /// <summary>Where a probe connects; three seconds for each step.</summary>
    public static ConnectionSettings To(string address, int port) =>
        new(new(IpAddress128.Parse(address), (ushort)port), TimeSpan.FromSeconds(3))
        {
            BindInterface = address == LinkLocal ? "e0" : null,
        };

    /// <summary>Tries it from the prober's side: the socket is made there.</summary>
    public async Task<ProbeResult> Try(IProbe probe, int step = 0) =>
        await NamespaceThread.Run(Prober, () => probe.RunAsync(step, CancellationToken.None));

    /// <summary>Tries until it succeeds, as a server that has just been started does not yet.</summary>
    public void Await(IProbe probe)
    {
        var last = default(ProbeResult);
        VrrpLab.Await("a server that answers", () =>
        {
            last = Try(probe).GetAwaiter().GetResult();
            return last == ProbeResult.Success;
        }, () => $"{last.Reason}: {string.Join('\n', _processes.SelectMany(process => process.Lines))}");
    }

    public void Write(string file, string text) => File.WriteAllText(this[file], text);

    public NamespaceProcess Start(params ReadOnlySpan<string> command)
    {
        var process = Servers.Start(command);
        _processes.Add(process);
        return process;
    }

    /// <summary>Writes a certificate and its key; signed by itself, or by the one of another file.</summary>
    public void WriteCertificate(string name, string? authority = null, string? host = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var (from, to) = (DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
        if (host is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(host);
            request.CertificateExtensions.Add(names.Build());
        }

        if (authority is null)
        {
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
            using var own = request.CreateSelfSigned(from, to);
            Write(name + ".crt", own.ExportCertificatePem());
        }
        else
        {
            using var signer = X509Certificate2.CreateFromPemFile(this[authority + ".crt"], this[authority + ".key"]);
            using var signed = request.Create(signer, from, to, RandomNumberGenerator.GetBytes(8));
            Write(name + ".crt", signed.ExportCertificatePem());
        }

        Write(name + ".key", key.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose()
    {
        foreach (var process in _processes) process.Dispose();
        Servers.KillAll();
        _set.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
