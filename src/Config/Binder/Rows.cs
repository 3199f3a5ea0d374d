using Director.Config.Syntax;

namespace Director.Config.Binder;

/// <summary>Makes the rows of a keyword table.</summary>
/// <typeparam name="T">The draft of the block.</typeparam>
internal static class Rows<T>
{
    /// <summary>A keyword with one argument.</summary>
    public static Keyword<T> Value<TValue>(
        string name, Argument<TValue> argument, Action<T, TValue> apply,
        string? alias = null, bool isRequired = false, string? absent = null) =>
        Read(name, argument, (draft, value, _) => apply(draft, value), alias, isRequired, absent);

    /// <summary>The same, with the reader at hand to take more words or to say more about the one taken.</summary>
    public static Keyword<T> Read<TValue>(
        string name, Argument<TValue> argument, Action<T, TValue, ArgumentReader> apply,
        string? alias = null, bool isRequired = false, string? absent = null) =>
        new ValueKeyword<T, TValue>(Names(name, alias), argument, apply) { IsRequired = isRequired, Absent = absent };

    /// <summary>A keyword with one argument that may be left out.</summary>
    public static Keyword<T> Optional<TValue>(string name, Argument<TValue> argument, TValue bare, Action<T, TValue> apply) =>
        OptionalRead(name, argument, bare, (draft, value, _) => apply(draft, value));

    /// <summary>The same, with the reader at hand.</summary>
    public static Keyword<T> OptionalRead<TValue>(
        string name, Argument<TValue> argument, TValue bare, Action<T, TValue, ArgumentReader> apply) =>
        new ValueKeyword<T, TValue>([name], argument, apply) { Bare = (true, bare) };

    /// <summary>A boolean that is true without an argument.</summary>
    public static Keyword<T> Switch(string name, Action<T, bool> apply) => Optional(name, Take.Boolean, true, apply);

    /// <summary>A keyword that never has an argument.</summary>
    public static Keyword<T> Flag(string name, Action<T> apply) => Flag(name, (draft, _) => apply(draft));

    /// <summary>The same, with the reader at hand, whose last word is the keyword.</summary>
    public static Keyword<T> Flag(string name, Action<T, ArgumentReader> apply) => new FlagKeyword<T>([name], apply);

    /// <summary>A block with a header: <paramref name="begin"/> reads its words.</summary>
    public static Keyword<T> Block<TInner>(
        string name, Grammar<TInner> inner, Func<string, bool> acceptsFirst, BlockKeyword<T, TInner>.Begin begin) where TInner : class =>
        new BlockKeyword<T, TInner>(name, inner, begin) { AcceptsFirst = acceptsFirst };

    /// <summary>A block with no more than its keyword before the brace.</summary>
    public static Keyword<T> Block<TInner>(string name, Grammar<TInner> inner, Func<T, Statement, TInner> begin) where TInner : class =>
        Block(name, inner, _ => false, (draft, header) =>
        {
            header.ExpectEnd();
            return begin(draft, header.Statement);
        });

    /// <summary>
    /// Keywords that are accepted and have nothing to do here: <paramref name="reason"/> follows "'name' is not used here: ". That is a
    /// hint, for nobody can tell the difference.
    /// </summary>
    public static IEnumerable<Keyword<T>> NotUsed(string reason, params IEnumerable<string> names) =>
        names.Select(name => new NotUsedKeyword<T>(name, Severity.Hint, reason));

    /// <summary>The same of a keyword that keepalived itself has given up.</summary>
    public static Keyword<T> GivenUp(string reason, string name) =>
        new NotUsedKeyword<T>(name, Severity.Hint, reason, DiagnosticCode.Deprecated);

    /// <summary>The same where something that was asked for is not there: a warning.</summary>
    public static IEnumerable<Keyword<T>> Lacking(string reason, params IEnumerable<string> names) =>
        names.Select(name => new NotUsedKeyword<T>(name, Severity.Warning, reason));

    /// <summary>
    /// A keyword without which the block would do something else than is written, so that it must be left out; <paramref name="reason"/>
    /// follows "'name' is not supported: ".
    /// </summary>
    public static Keyword<T> Refused(string name, Action<T> refuse, string reason, string remedy) =>
        new RefusedKeyword<T>(name, refuse, reason, remedy);

    private static IReadOnlyList<string> Names(string name, string? alias) => alias is null ? [name] : [name, alias];
}
