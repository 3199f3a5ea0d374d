using System.Globalization;

namespace Director.Linux;

/// <summary>Processors as the kernel writes them: numbers and ranges, <c>0,4-7</c> (cpuset(7), "List format").</summary>
public static class ProcessorList
{
    /// <summary>Reads a list; the processors in the order given, which must be below <see cref="ThreadPinning.MaxProcessors"/>.</summary>
    public static bool TryParse(string text, out IReadOnlyList<int> processors)
    {
        ArgumentNullException.ThrowIfNull(text);
        var found = new List<int>();
        processors = found;
        foreach (var part in text.Split(','))
        {
            var dash = part.IndexOf('-', StringComparison.Ordinal);
            if (!TryNumber(dash < 0 ? part : part[..dash], out var first)) return false;
            var last = first;
            if (dash >= 0 && !TryNumber(part[(dash + 1)..], out last)) return false;
            if (last < first) return false;
            found.AddRange(Enumerable.Range(first, last - first + 1));
        }

        return true;

        static bool TryNumber(string text, out int number) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number < ThreadPinning.MaxProcessors;
    }
}
