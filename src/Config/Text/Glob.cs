namespace Director.Config.Text;

/// <summary>
/// glob(3) with GLOB_BRACE over <see cref="IConfigFiles"/>: <c>*</c>, <c>?</c>, <c>[a-z]</c>, <c>[!a]</c>, <c>\</c> and <c>{a,b}</c>.
/// Matches of each alternative are sorted by code unit; a leading dot must be matched by a dot.
/// </summary>
internal static class Glob
{
    /// <summary>Whether a pattern has anything to match by, so that no match is not a missing file.</summary>
    public static bool HasWildcard(string pattern) => pattern.AsSpan().IndexOfAny("*?[") >= 0;

    /// <summary>The paths that match a pattern without braces, sorted; not many more than may be read.</summary>
    public static IReadOnlyList<string> Matches(string pattern, IConfigFiles files)
    {
        var segments = pattern.Split('/');
        List<string> found = [pattern.StartsWith('/') ? "/" : ""];
        for (var i = 0; i < segments.Length; i++)
        {
            var segment = segments[i];
            if (segment.Length == 0) continue;
            var last = i == segments.Length - 1;
            List<string> next = [];
            foreach (var directory in found) Extend(directory, segment, last, files, next);
            found = next;
            if (found.Count == 0) break;
        }

        return found;
    }

    private static void Extend(string directory, string segment, bool last, IConfigFiles files, List<string> found)
    {
        if (!HasWildcard(segment))
        {
            var path = Join(directory, segment.Replace("\\", "", StringComparison.Ordinal));
            if (!last || files.KindOf(path) != ConfigFileKind.Missing) found.Add(path);
            return;
        }

        var names = files.NamesIn(directory.Length == 0 ? "." : directory)
            .Where(name => (name[0] != '.' || segment[0] == '.') && IsMatch(segment, name))
            .Order(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (found.Count > ConfigLimits.MaxFiles) return;
            var path = Join(directory, name);
            if (last || files.KindOf(path) == ConfigFileKind.Directory) found.Add(path);
        }
    }

    private static string Join(string directory, string name) =>
        directory.Length == 0 || directory.EndsWith('/') ? directory + name : $"{directory}/{name}";

    /// <summary>
    /// Whether one path segment matches (fnmatch(3)). Linear in the product of the lengths: only the last star is gone back to.
    /// </summary>
    public static bool IsMatch(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        int p = 0, n = 0, starPattern = -1, starName = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                starPattern = p++;
                starName = n;
            }
            else if (p < pattern.Length && MatchesOne(pattern[p..], name[n], out var used))
            {
                p += used;
                n++;
            }
            else if (starPattern >= 0)
            {
                p = starPattern + 1;
                n = ++starName;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*') p++;
        return p == pattern.Length;
    }

    private static bool MatchesOne(ReadOnlySpan<char> pattern, char character, out int used)
    {
        used = 1;
        switch (pattern[0])
        {
            case '?':
                return true;
            case '\\' when pattern.Length > 1:
                used = 2;
                return pattern[1] == character;
            case '[' when ClassLength(pattern) is var length and > 0:
                used = length;
                return ClassContains(pattern[1..(length - 1)], character);
            default:
                return pattern[0] == character;
        }
    }

    /// <summary>
    /// Characters of the bracket expression that the pattern begins with; 0 if it is not closed and so is only a bracket.
    /// </summary>
    private static int ClassLength(ReadOnlySpan<char> pattern)
    {
        var first = pattern.Length > 1 && pattern[1] is '!' or '^' ? 2 : 1;
        var close = first + 1 < pattern.Length ? pattern[(first + 1)..].IndexOf(']') : -1;
        return close < 0 ? 0 : first + 1 + close + 1;
    }

    private static bool ClassContains(ReadOnlySpan<char> members, char character)
    {
        var negated = members[0] is '!' or '^';
        if (negated) members = members[1..];
        var contains = false;
        for (var i = 0; i < members.Length; i++)
        {
            if (i + 2 < members.Length && members[i + 1] == '-')
            {
                contains |= character >= members[i] && character <= members[i + 2];
                i += 2;
            }
            else
            {
                contains |= members[i] == character;
            }
        }

        return contains != negated;
    }
}
