using Director.Bench;
using Director.Bench.Schedulers;

return args switch
{
    ["schedulers", .. var rest] => FairnessTable.Run(rest),
    ["scale", .. var rest] => ScaleRun.Run(rest),
    _ => Benchmarks.Run(args),
};
