using Director.Config;
using Director.Hosting;
using Director.Tests.Support;

namespace Director.Tests.Config.Differential;

/// <summary>The samples that Debian's keepalived package installs.</summary>
public sealed class SampleTests
{
    private const string Samples = "/usr/share/doc/keepalived/samples";

    [KernelFact]
    public void A_sample_that_keepalived_accepts_has_no_error()
    {
        using var keepalived = new KeepalivedCheck();
        var files = Directory.GetFiles(Samples, "keepalived.conf*").Order().ToList();
        foreach (var file in files)
        {
            var (_, said) = keepalived.CheckFile(file);
            var result = ConfigReader.Read(file, new DiskConfigFiles(), keepsSyntax: true, new(KeepalivedCheck.Id));

            if (said.Count == 0) Assert.False(result.HasErrors, $"{file}\n{Reading.Listing(result)}");
        }

        Assert.True(files.Count >= 20, $"{Samples} holds {files.Count} samples");
    }
}
