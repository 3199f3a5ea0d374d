using Xunit.Abstractions;

namespace Director.Tests.Interop;

/// <summary>Plays a case with several pairs at once: they do little but wait, each on a switch of its own.</summary>
internal static class Duels
{
    /// <summary>Who plays A, and who B: the reference against itself, and the director in both parts against it.</summary>
    public static readonly (PeerKind A, PeerKind B)[] WithKeepalived =
        [(PeerKind.N, PeerKind.K), (PeerKind.K, PeerKind.N), (PeerKind.K, PeerKind.K)];

    /// <summary>The director in both parts against keepalived, where keepalived does otherwise against itself.</summary>
    public static readonly (PeerKind A, PeerKind B)[] Mixed = [(PeerKind.N, PeerKind.K), (PeerKind.K, PeerKind.N)];

    /// <summary>Plays it with the reference against itself, and with the director in both parts.</summary>
    public static Task PlayAsync(ITestOutputHelper output, Func<Duel, Task> play, bool ipv6 = false, bool second = false) =>
        PlayAsync(output, WithKeepalived, play, ipv6, second);

    /// <summary>Plays it with these pairs; fails with all that failed.</summary>
    public static async Task PlayAsync(
        ITestOutputHelper output, IReadOnlyList<(PeerKind A, PeerKind B)> pairs, Func<Duel, Task> play, bool ipv6 = false,
        bool second = false)
    {
        var gate = new Lock();
        var failures = await Task.WhenAll(pairs.Select(pair => Task.Run(async () =>
        {
            using var duel = new Duel(pair.A, pair.B, Tell, ipv6, second);
            try
            {
                await play(duel);
                return null;
            }
            catch (Exception failure)
            {
                return $"{duel.Pair}: {failure.Message}";
            }
        })));
        var failed = failures.Where(failure => failure is not null).ToArray();
        Assert.True(failed.Length == 0, string.Join("\n\n", failed));

        void Tell(string line)
        {
            lock (gate) output.WriteLine(line);
        }
    }
}
