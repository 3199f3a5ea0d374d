using Row = Director.Config.Binder.Rows<Director.Config.Binder.FileCheckDraft>;

namespace Director.Config.Binder;

/// <summary><c>FILE_CHECK</c>.</summary>
internal static class FileCheckKeywords
{
    public static readonly Grammar<FileCheckDraft> Grammar = new(
    [
        Row.Read("track_file", Take.Text("the name of a track_file"), (check, _, reader) => check.Name = reader.Last, isRequired: true),
        Row.Read("weight", Take.Integer(-int.MaxValue), (check, weight, reader) =>
        {
            check.Weight.Value = weight;
            if (reader.Peek()?.Text is not "reverse") return;
            reader.Take();
            check.Weight.IsReversed = true;
        }),
    ]);
}
