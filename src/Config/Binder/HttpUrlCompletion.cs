using System.Text;
using Director.Config.Patterns;

namespace Director.Config.Binder;

/// <summary>Fills in what a <c>url</c> inherits, and translates its pattern.</summary>
internal static class HttpUrlCompletion
{
    /// <summary>The url; null, which has been said, if it cannot be fetched.</summary>
    public static HttpUrlConfig? Complete(HttpUrlDraft draft, HttpCheckDraft check, CheckCompletion completion)
    {
        // That it is missing has been said.
        if (draft.Path is not { } path) return null;
        var pattern = Pattern(draft, completion.Diagnostics);
        // A url without the pattern that it was to be held against would pass where it must not.
        if (draft.Pattern is not null && pattern is null) return null;
        return new(path)
        {
            VirtualHost = draft.VirtualHost ?? check.VirtualHost ?? completion.Server.VirtualHost ?? completion.Service.VirtualHost,
            // That of the real server is left out by keepalived (check/check_ssl.c, ssl_connect).
            ServerName = check.TellsServerName
                ? check.ServerName ?? draft.VirtualHost ?? check.VirtualHost ?? completion.Service.VirtualHost
                : null,
            StatusCodes = draft.StatusCodes.Count > 0 ? draft.StatusCodes : [new(200, 299)],
            Digest = draft.Digest,
            Pattern = pattern,
            ClosesTls = draft.ClosesTls || check.ClosesTls,
        };
    }

    private static HttpPatternConfig? Pattern(HttpUrlDraft draft, DiagnosticSink diagnostics)
    {
        if (draft.Pattern is not var (text, word))
        {
            foreach (var keyword in draft.PatternKeywords)
                diagnostics.Warning(DiagnosticCode.Conflict, keyword, $"'{keyword.Text}' has no effect without regex");
            return null;
        }

        var isUtf8 = draft.PatternOptions.HasFlag(PcreOptions.Utf);
        var written = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(text));
        if (PcrePattern.Translate(isUtf8 ? written : text, draft.PatternOptions, out var fault) is not { } pattern)
        {
            var from = fault!.Offset > 0 ? $" (from {Printable.Quote(text[Math.Min(fault.Offset, text.Length)..])} on)" : "";
            diagnostics.Error(fault.IsOurs ? DiagnosticCode.NotSupported : DiagnosticCode.InvalidValue, word,
                $"{fault.Problem}{from}: the url is ignored");
            return null;
        }

        var (min, max) = (draft.MinOffset ?? 0, draft.MaxOffset);
        if (min > max)
        {
            diagnostics.Warning(DiagnosticCode.Conflict, word, $"regex_min_offset {min} is above regex_max_offset {max}: neither is used");
            (min, max) = (0, null);
        }

        return new(written, pattern.Text, pattern.Options)
        {
            IsUnwanted = draft.IsPatternUnwanted,
            MinOffset = min,
            MaxOffset = max,
            IsUtf8 = isUtf8,
            IsInFirstLine = draft.PatternOptions.HasFlag(PcreOptions.FirstLine),
        };
    }
}
