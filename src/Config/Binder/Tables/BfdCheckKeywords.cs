using Row = Director.Config.Binder.Rows<Director.Config.Binder.BfdCheckDraft>;

namespace Director.Config.Binder;

/// <summary><c>BFD_CHECK</c>.</summary>
internal static class BfdCheckKeywords
{
    public static readonly Grammar<BfdCheckDraft> Grammar = new(
    [
        Row.Read("name", Take.Text("the name of a bfd_instance"), (check, _, reader) => check.Name = reader.Last, isRequired: true),
        CheckKeywords.Alpha<BfdCheckDraft>(),
    ]);
}
