using System.Diagnostics.CodeAnalysis;
using Director.Config;
using Director.Hosting;

namespace Director.Tests.Config;

public sealed class DiskConfigFilesTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("director-config-");
    private readonly DiskConfigFiles _files = new();

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    [SuppressMessage("Interoperability", "CA1416", Justification = "Linux only.")]
    public void Files_are_told_apart_by_kind_through_links()
    {
        var file = Write("a.conf", "x");
        Assert.Equal(ConfigFileKind.Regular, _files.KindOf(file));
        var link = Path.Combine(_directory.FullName, "link");
        File.CreateSymbolicLink(link, file);
        Assert.Equal(ConfigFileKind.Regular, _files.KindOf(link));
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.OtherExecute);
        Assert.Equal(ConfigFileKind.Executable, _files.KindOf(file));
        Assert.Equal(ConfigFileKind.Executable, _files.KindOf(link));
        Assert.Equal(ConfigFileKind.Directory, _files.KindOf(_directory.FullName));
        Assert.Equal(ConfigFileKind.Missing, _files.KindOf(Path.Combine(_directory.FullName, "none")));
        Assert.Equal(ConfigFileKind.Missing, _files.KindOf(Path.Combine(file, "none")));
        Assert.Equal(ConfigFileKind.Missing, _files.KindOf(""));
        Assert.Equal(ConfigFileKind.Missing, _files.KindOf("a\0b"));
    }

    [Fact]
    public void What_cannot_be_read_has_a_reason()
    {
        Assert.False(_files.TryRead(Path.Combine(_directory.FullName, "none"), out var reason));
        Assert.NotEqual("", reason);
        Assert.False(_files.TryRead(_directory.FullName, out _));
        Assert.False(_files.TryRead("/dev/zero", out reason));
        Assert.Equal("the file is too large", reason);
    }

    [Fact]
    public void A_file_that_is_no_UTF_8_is_read_all_the_same()
    {
        var file = Path.Combine(_directory.FullName, "latin1");
        File.WriteAllBytes(file, [.. "# caf"u8, 0xe9, .. "\nrouter_id x"u8]);

        Assert.True(_files.TryRead(file, out var text));
        Assert.Equal("# caf\ufffd\nrouter_id x", text);
    }

    [Fact]
    public void A_configuration_with_includes_is_read_from_disk()
    {
        Write("conf.d/b.conf", "global_defs {\nrouter_id b\n}\n");
        Write("conf.d/a.conf", "global_defs {\nrouter_id a\n}\n");
        Write("conf.d/.hidden.conf", "global_defs {\nrouter_id hidden\n}\n");
        Write("conf.d/c.txt", "x");
        var main = Write("main.conf", "include conf.d/*.{conf,cnf}\n");

        var result = ConfigReader.Read(main, _files);

        Assert.Equal("1:9 warning include-no-match: no file matches 'conf.d/*.cnf'", Reading.Listing(result));
        Assert.Equal("b", result.Config.Globals.RouterId);
        Assert.Equal(["main.conf", "conf.d/a.conf", "conf.d/b.conf"], result.Sources.Paths
            .Select(path => Path.GetRelativePath(_directory.FullName, path)));
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_directory.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
