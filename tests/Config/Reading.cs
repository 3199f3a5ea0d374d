using Director.Config;

namespace Director.Tests.Config;

/// <summary>Shorthand for reading texts.</summary>
internal static class Reading
{
    public const string Path = "/etc/keepalived/keepalived.conf";

    public static ConfigResult Read(string text) => Read(new MemoryConfigFiles { [Path] = text });

    /// <summary>Reads a text; if it has no errors, what is written of it must mean the same.</summary>
    public static ConfigResult Read(MemoryConfigFiles files)
    {
        var result = ConfigReader.Read(Path, files, keepsSyntax: true);
        Writing.ConvertTests.CheckRoundTrip(result);
        return result;
    }

    /// <summary>Reads a text that must have nothing wrong with it.</summary>
    public static DirectorConfig Clean(string text)
    {
        var result = Read(text);
        Assert.Equal("", Listing(result));
        return result.Config;
    }

    /// <summary>The diagnostics, one a line as <c>line:column severity code: message (hint)</c>.</summary>
    public static string Listing(ConfigResult result) => string.Join('\n', result.Diagnostics.Select(diagnostic =>
        $"{diagnostic.Line}:{diagnostic.Column} {diagnostic.SeverityName} {diagnostic.Code}: {diagnostic.Message}"
        + (diagnostic.Hint is null ? "" : $" ({diagnostic.Hint})")));

    public static string Listing(string text) => Listing(Read(text));

    /// <summary>The path of a file of the repository.</summary>
    public static string RepositoryFile(params string[] parts)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null
            && !File.Exists(System.IO.Path.Combine(directory.FullName, "Datapath.sln"))) directory = directory.Parent;
        Assert.NotNull(directory);
        return System.IO.Path.Combine([directory.FullName, .. parts]);
    }
}
