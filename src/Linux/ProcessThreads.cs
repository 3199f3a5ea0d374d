using System.Globalization;

namespace Director.Linux;

/// <summary>The threads of this process (proc_pid_task(5)).</summary>
internal static class ProcessThreads
{
    /// <summary>
    /// Does something to every thread, also to those that start meanwhile: one that it has not been done to yet may start another without
    /// it, so it goes on until none is new.
    /// </summary>
    /// <param name="act">Given a thread's id, once for each; the thread may have ended by then.</param>
    public static void ForEach(Action<int> act)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        while (Directory.GetDirectories("/proc/self/task").Where(done.Add).ToArray() is { Length: > 0 } threads)
            foreach (var thread in threads) act(int.Parse(Path.GetFileName(thread), CultureInfo.InvariantCulture));
    }
}
