using System.Globalization;

namespace Director.Config.Text;

/// <summary>
/// What names stand for at a place of the configuration: the definitions made before it, and those built in (keepalived.conf(5),
/// "Pre-defined definitions"), which may be defined anew.
/// </summary>
internal sealed class Definitions(ConfigContext context)
{
    /// <summary>The largest number that <c>${_RANDOM}</c> stands for if none is given.</summary>
    private const ulong DefaultRandomMaximum = 32767;

    private readonly Dictionary<string, Definition> _byName = new(StringComparer.Ordinal);
    private ulong _random = SeedOf(context.Id);

    public void Set(Definition definition) => _byName[definition.Name] = definition;

    /// <summary>What was defined under a name.</summary>
    public Definition? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>
    /// Begins the random numbers anew (<c>random_seed</c>). Without that they depend on the machine's name alone, so that a configuration
    /// read twice is the same twice.
    /// </summary>
    public void SetSeed(ulong seed) => _random = seed;

    /// <summary>What a built-in name stands for; null, and why if it is one, if it cannot be replaced.</summary>
    /// <param name="use">The name and its parameters.</param>
    /// <param name="file">The file being read.</param>
    /// <param name="problem">What is wrong with the parameters; null if nothing is, or the name is not built in.</param>
    public string? Evaluate(NameUse use, string file, out string? problem)
    {
        problem = null;
        var (fewest, most) = use.Name switch { "_RANDOM" => (0, 2), "_ENV" => (1, 1), _ => (0, 0) };
        if (!IsBuiltIn(use.Name)) return null;
        if (use.Parameters.Count < fewest || use.Parameters.Count > most)
        {
            problem = (fewest, most) switch
            {
                (_, 0) => $"'{use.Name}' takes no parameter",
                (0, _) => "'_RANDOM' takes at most the least and the greatest number",
                _ => "'_ENV' takes the name of one environment variable",
            };
        }

        if (problem is not null) return null;
        return use.Name switch
        {
            "_PWD" => Path.GetFullPath(Path.GetDirectoryName(file) ?? "/", context.WorkingDirectory),
            "_INSTANCE" => context.Id,
            "_RANDOM" => Random(use.Parameters, out problem),
            "_ENV" => context.EnvironmentVariable(use.Parameters[0]) ?? "",
            "_HASH" => "#",
            _ => "!",
        };
    }

    public static bool IsBuiltIn(string name) => name is "_PWD" or "_INSTANCE" or "_RANDOM" or "_ENV" or "_HASH" or "_BANG";

    private string? Random(IReadOnlyList<string> bounds, out string? problem)
    {
        var (least, greatest) = (0ul, DefaultRandomMaximum);
        problem = null;
        if ((bounds.Count > 0 && !TryParse(bounds[0], out least)) || (bounds.Count > 1 && !TryParse(bounds[1], out greatest)))
            problem = "the least and the greatest number that '_RANDOM' may stand for are whole numbers";
        else if (least > greatest)
            problem = $"the least number that '_RANDOM' may stand for, {least}, is above the greatest, {greatest}";
        if (problem is not null) return null;

        // splitmix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
        var next = _random += 0x9e3779b97f4a7c15;
        next = (next ^ (next >> 30)) * 0xbf58476d1ce4e5b9;
        next = (next ^ (next >> 27)) * 0x94d049bb133111eb;
        next ^= next >> 31;
        return (least + (next % (greatest - least + 1))).ToString(CultureInfo.InvariantCulture);
    }

    private static bool TryParse(string text, out ulong value) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value < long.MaxValue;

    /// <summary>FNV-1a.</summary>
    private static ulong SeedOf(string id)
    {
        var hash = 0xcbf29ce484222325;
        foreach (var character in id) hash = (hash ^ character) * 0x100000001b3;
        return hash;
    }
}
