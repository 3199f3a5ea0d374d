namespace Director.Config.Text;

/// <summary>Opens the files of a configuration as far as they may be read, and says why others are not.</summary>
internal sealed class FileOpener(IConfigFiles files, ConfigSources sources, DiagnosticSink diagnostics)
{
    private int _filesRead;
    private long _charactersRead;
    private bool _limitReported;

    /// <summary>Opens the main file; null, which is an error of the file as a whole, if it cannot be read.</summary>
    public FileLines? Open(string path) =>
        Read(path, (problem, hint) => diagnostics.Error(DiagnosticCode.Unreadable, new(path, 0), 0, problem, hint)) is { } source
            ? new(source, IncludeStrictness.None, diagnostics) : null;

    /// <summary>Opens an included file; null, which has been said, if it is not to be read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="from">What asks for it.</param>
    /// <param name="open">The files that are being read, the innermost first.</param>
    public FileLines? OpenIncluded(string path, IncludedFiles from, IReadOnlyList<FileLines> open)
    {
        var at = from.Pattern;
        if (files.KindOf(path) == ConfigFileKind.Directory)
        {
            diagnostics.Hint(DiagnosticCode.Unreadable, at, $"{Printable.Path(path)} is a directory and is skipped");
            return null;
        }

        if (!WithinLimits(path, at, open)) return null;
        var severity = from.IsStrict ? Severity.Error : Severity.Warning;
        var source = Read(path, (problem, hint) => diagnostics.Add(
            new(severity, DiagnosticCode.Unreadable, at.Location, at.Length, $"{Printable.Path(path)}: {problem}", hint)));
        return source is null ? null : new(source, open[0].Strictness, diagnostics);
    }

    private SourceText? Read(string path, Action<string, string?> refuse)
    {
        switch (files.KindOf(path))
        {
            case ConfigFileKind.Missing:
                refuse("there is no such file", null);
                return null;
            case ConfigFileKind.Executable:
                refuse("the file is executable and is not read, as by keepalived", $"chmod a-x {Printable.Path(path)}");
                return null;
            case ConfigFileKind.Directory:
                refuse("it is a directory", null);
                return null;
        }

        if (!files.TryRead(path, out var text))
        {
            refuse($"cannot be read: {Printable.Clean(text)}", null);
            return null;
        }

        _filesRead++;
        _charactersRead += text.Length;
        if (text.Length > ConfigLimits.MaxFileCharacters || _charactersRead > ConfigLimits.MaxTotalCharacters)
        {
            refuse("the configuration is too large", null);
            return null;
        }

        var source = new SourceText(path, text);
        sources.Add(source);
        return source;
    }

    private bool WithinLimits(string path, Word at, IReadOnlyList<FileLines> open)
    {
        if (open.Any(file => SamePath(file.Path, path)))
        {
            diagnostics.Error(DiagnosticCode.IncludeCycle, at, $"{Printable.Path(path)} includes itself");
            return false;
        }

        if (open.Count < ConfigLimits.MaxIncludeDepth && _filesRead < ConfigLimits.MaxFiles) return true;
        if (!_limitReported)
        {
            diagnostics.Error(DiagnosticCode.Limit, at,
                $"{Printable.Path(path)} is not read: at most {ConfigLimits.MaxIncludeDepth} files may include one another, "
                + $"and {ConfigLimits.MaxFiles} be read");
        }

        _limitReported = true;
        return false;
    }

    private static bool SamePath(string one, string other) => Path.GetFullPath(one, "/") == Path.GetFullPath(other, "/");
}
