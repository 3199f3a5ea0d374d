using Director.Config.Patterns;
using Director.Net;
using Row = Director.Config.Binder.Rows<Director.Config.Binder.HttpUrlDraft>;

namespace Director.Config.Binder;

/// <summary><c>url</c>.</summary>
internal static class HttpUrlKeywords
{
    public static readonly Grammar<HttpUrlDraft> Grammar = new([.. Plain]);

    /// <summary>That of an <c>SSL_GET</c>.</summary>
    public static readonly Grammar<HttpUrlDraft> TlsGrammar = new(
        [.. Plain, Row.Switch("tls_compliant", (url, closes) => url.ClosesTls = closes)]);

    private static IEnumerable<Keyword<HttpUrlDraft>> Plain =>
    [
        Row.Value("path", Take.Text("a path"), (url, path) => url.Path = path, isRequired: true),
        Row.Value("digest", DigestArgument.Instance, (url, digest) => url.Digest = digest),
        new ListKeyword<HttpUrlDraft, NumberRange>("status_code", StatusCodesArgument.Instance,
            (url, codes) => url.StatusCodes.Add(codes)),
        Row.Value("virtualhost", Take.Text("the name of a host"), (url, host) => url.VirtualHost = host),
        new RegexKeyword(),
        Row.Flag("regex_no_match", (url, reader) =>
        {
            url.IsPatternUnwanted = true;
            url.PatternKeywords.Add(reader.Last);
        }),
        new ListKeyword<HttpUrlDraft, PcreOptions>("regex_options", Take.OneOf(PcreOption.All),
            (url, option) => url.PatternOptions |= option),
        Offset("regex_min_offset", (url, offset) => url.MinOffset = offset),
        Offset("regex_max_offset", (url, offset) => url.MaxOffset = offset),
        .. Row.NotUsed("the search of a pattern needs no stack of its own", "regex_stack"),
    ];

    private static Keyword<HttpUrlDraft> Offset(string name, Action<HttpUrlDraft, int> apply) =>
        Row.Read(name, Take.Integer(0), (url, offset, reader) =>
        {
            apply(url, offset);
            url.PatternKeywords.Add(reader.Statement.Keyword);
        });
}
