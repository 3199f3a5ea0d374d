using Director.Config;
using Director.Tests.Config;
using Director.Tests.Conformance.Recording;
using Director.Tests.Documentation;

switch (args)
{
    case ["golden", ..]:
        return Recorder.RecordAll(args.Length > 1 ? args[1..] : [""]);
    case ["docs"]:
        await File.WriteAllTextAsync(KeywordPage.Path, KeywordPage.Write());
        await File.WriteAllTextAsync(Reading.RepositoryFile("docs", "lint.md"), RulePage.Markdown());
        return 0;
    default:
        await Console.Error.WriteLineAsync("""
            usage: Director.Tests golden [FILTER]...   (in the reference machine: see ./dev golden)
                   Director.Tests docs                 (see ./dev docs)
            """);
        return 2;
}
