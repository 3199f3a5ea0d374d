using Director.Tests.Conformance.Recording;

if (args is not ["golden", ..])
{
    await Console.Error.WriteLineAsync("usage: Director.Tests golden [FILTER]...   (in the reference machine: see ./dev golden)");
    return 2;
}

return Recorder.RecordAll(args.Length > 1 ? args[1..] : [""]);
