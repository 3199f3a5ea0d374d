using Row = Director.Config.Binder.Rows<Director.Config.Binder.GlobalDraft>;

namespace Director.Config.Binder;

/// <summary>The keywords of <c>global_defs</c> that say how the VRRP process is scheduled.</summary>
internal static class ProcessKeywords
{
    private const int MostProcessors = 1024;

    public static IEnumerable<Keyword<GlobalDraft>> OfVrrp =>
    [
        Row.Value("vrrp_priority", Take.Integer(-20, 19), (globals, nice) => globals.VrrpProcess.Nice = nice),
        Row.Value("vrrp_rt_priority", Take.Integer(1, 99), (globals, priority) => globals.VrrpProcess.RealTimePriority = priority),
        Row.Read("vrrp_cpu_affinity", Processor, (globals, processor, reader) =>
        {
            globals.VrrpProcess.Processors.Add(processor);
            while (!reader.IsAtEnd)
            {
                if (reader.TryTake(Processor, out var another)) globals.VrrpProcess.Processors.Add(another);
            }
        }),
        .. Row.NotUsed("it is so anyway: its memory is locked, where that is allowed", "vrrp_no_swap"),
    ];

    private static Argument<int> Processor => Take.Integer(0, MostProcessors - 1);
}
