namespace Director.Config.Text;

/// <summary>
/// csh-style brace expansion as glob(3) does it with GLOB_BRACE: <c>a{b,c}d</c> is <c>abd</c> and <c>acd</c>; nested ones expand from the
/// left.
/// </summary>
internal static class BraceExpansion
{
    /// <summary>
    /// The alternatives, in order; the pattern itself without braces. Stops at <see cref="ConfigLimits.MaxBraceAlternatives"/> and then
    /// returns false.
    /// </summary>
    public static bool TryExpand(string pattern, out IReadOnlyList<string> alternatives)
    {
        List<string> done = [];
        alternatives = done;
        var pending = new Stack<string>();
        pending.Push(pattern);
        while (pending.TryPop(out var next))
        {
            if (Find(next) is not var (open, commas, close))
            {
                done.Add(next);
                continue;
            }

            if (done.Count + pending.Count + commas.Count >= ConfigLimits.MaxBraceAlternatives) return false;
            // Pushed from the right, so that the leftmost is expanded first.
            for (var i = commas.Count; i >= 0; i--)
            {
                var start = i == 0 ? open + 1 : commas[i - 1] + 1;
                var end = i == commas.Count ? close : commas[i];
                pending.Push(string.Concat(next.AsSpan(0, open), next.AsSpan(start, end - start), next.AsSpan(close + 1)));
            }
        }

        return true;
    }

    /// <summary>The first brace that is closed, its own commas, and where it closes. <c>{}</c> stands for itself, as for find(1).</summary>
    private static (int Open, List<int> Commas, int Close)? Find(string pattern)
    {
        for (var open = pattern.IndexOf('{', StringComparison.Ordinal); open >= 0; open = pattern.IndexOf('{', open + 1))
        {
            if (open + 1 < pattern.Length && pattern[open + 1] == '}') continue;
            List<int> commas = [];
            var depth = 0;
            for (var i = open; i < pattern.Length; i++)
            {
                if (pattern[i] == '{') depth++;
                else if (pattern[i] == ',' && depth == 1) commas.Add(i);
                else if (pattern[i] == '}' && --depth == 0) return (open, commas, i);
            }
        }

        return null;
    }
}
