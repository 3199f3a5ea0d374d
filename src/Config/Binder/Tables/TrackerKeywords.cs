using Director.Config.Syntax;

namespace Director.Config.Binder;

/// <summary><c>vrrp_script</c>, <c>vrrp_track_file</c> and <c>vrrp_track_process</c>.</summary>
internal static class TrackerKeywords
{
    public static readonly Grammar<VrrpScriptDraft> Script = new(
    [
        new ScriptLineKeyword<VrrpScriptDraft>("script", (draft, script) => draft.Script = script) { IsRequired = true },
        Rows<VrrpScriptDraft>.Value("interval", Take.Seconds(SecondsArgument.Shortest), (draft, interval) => draft.Interval = interval),
        Rows<VrrpScriptDraft>.Value("timeout", Take.Seconds(TimeSpan.Zero), (draft, timeout) => draft.Timeout = timeout),
        Weight<VrrpScriptDraft>(TrackedKind.Script, draft => draft.Weight),
        Rows<VrrpScriptDraft>.Value("rise", Take.Integer(1), (draft, rise) => draft.Rise = rise),
        Rows<VrrpScriptDraft>.Value("fall", Take.Integer(1), (draft, fall) => draft.Fall = fall),
        Rows<VrrpScriptDraft>.Read("user", Take.Text("a user"), (draft, user, reader) =>
        {
            draft.User = user;
            draft.Group = reader.Take()?.Text;
        }),
        Rows<VrrpScriptDraft>.Flag("init_fail", draft => draft.StartsFailed = true),
    ]);

    public static readonly Grammar<TrackFileDraft> File = new(
    [
        Rows<TrackFileDraft>.Read("file", Take.Text("a path"), (draft, path, reader) =>
        {
            if (path.StartsWith('/')) draft.Path = path;
            else reader.Diagnostics.Error(DiagnosticCode.InvalidValue, reader.Last, $"{Printable.Quote(path)} is not an absolute path");
        }, isRequired: true),
        Weight<TrackFileDraft>(TrackedKind.File, draft => draft.Weight),
        new InitFileKeyword(),
    ]);

    public static readonly Grammar<TrackProcessDraft> Process = new(
    [
        Rows<TrackProcessDraft>.Read("process", Take.Text("a command"), (draft, process, reader) =>
        {
            draft.Process = process;
            List<string> parameters = [];
            while (reader.Take() is { } parameter) parameters.Add(parameter.Text);
            draft.Parameters = parameters;
        }, isRequired: true),
        Rows<TrackProcessDraft>.Value("param_match",
            Take.OneOf(("initial", ParameterMatchConfig.Initial), ("partial", ParameterMatchConfig.Partial)),
            (draft, match) => draft.ParameterMatch = match),
        Weight<TrackProcessDraft>(TrackedKind.Process, draft => draft.Weight),
        Rows<TrackProcessDraft>.Value("quorum", Take.Integer(0, ushort.MaxValue), (draft, quorum) => draft.Quorum = quorum),
        Rows<TrackProcessDraft>.Value("quorum_max", Take.Integer(0, ushort.MaxValue), (draft, quorum) => draft.QuorumMax = quorum),
        Rows<TrackProcessDraft>.Value("delay", Delay, (draft, delay) => (draft.ForkDelay, draft.TerminateDelay) = (delay, delay)),
        Rows<TrackProcessDraft>.Value("fork_delay", Delay, (draft, delay) => draft.ForkDelay = delay),
        Rows<TrackProcessDraft>.Value("terminate_delay", Delay, (draft, delay) => draft.TerminateDelay = delay),
        Rows<TrackProcessDraft>.Flag("full_command", draft => draft.IsFullCommand = true),
    ]);

    private static Argument<TimeSpan> Delay => Take.Seconds(0.000001, 3600);

    private static Keyword<T> Weight<T>(TrackedKind kind, Func<T, WeightDraft> weightOf) =>
        Rows<T>.Read("weight", TrackLine.WeightOf(kind), (draft, weight, reader) =>
        {
            weightOf(draft).Value = weight;
            if (reader.Peek()?.Text is not "reverse") return;
            reader.Take();
            weightOf(draft).IsReversed = true;
        });

    /// <summary><c>init_file [VALUE] [overwrite]</c>, in either order.</summary>
    private sealed class InitFileKeyword() : Keyword<TrackFileDraft>("init_file")
    {
        private static readonly Argument<int> Number = Take.Integer(int.MinValue);

        public override string Arguments => $"[{Number.Expected}] [overwrite]";

        public override bool Accepts(string text) => Number.TryParse(text, out _, out _);

        public override void Bind(Statement statement, TrackFileDraft draft, DiagnosticSink diagnostics)
        {
            var reader = new ArgumentReader(statement, diagnostics);
            draft.InitialValue = 0;
            while (reader.Peek() is { } word)
            {
                if (word.Text == "overwrite")
                {
                    reader.Take();
                    draft.Overwrites = true;
                }
                else if (reader.TryTake(Number, out var value))
                {
                    draft.InitialValue = value;
                }
                else
                {
                    return;
                }
            }
        }
    }
}
