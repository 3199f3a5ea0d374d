using Row = Director.Config.Binder.Rows<Director.Config.Binder.MiscCheckDraft>;

namespace Director.Config.Binder;

/// <summary><c>MISC_CHECK</c>.</summary>
internal static class MiscCheckKeywords
{
    public static readonly Grammar<MiscCheckDraft> Grammar = new(
    [
        new ScriptLineKeyword<MiscCheckDraft>("misc_path", (check, script) => check.Script = script) { IsRequired = true },
        Row.Value("misc_timeout", Take.Seconds(SecondsArgument.Shortest), (check, timeout) => check.Timeout = timeout),
        Row.Flag("misc_dynamic", check => check.IsDynamic = true),
        Row.Read("user", Take.Text("a user"), (check, user, reader) =>
        {
            check.User = user;
            check.Group = reader.Take()?.Text;
        }),
        .. CheckKeywords.OfLaunched<MiscCheckDraft>(),
    ]);
}
