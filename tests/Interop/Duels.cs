using Xunit.Abstractions;

namespace Director.Tests.Interop;

/// <summary>Plays a case with several pairs at once: they do little but wait, each on a switch of its own.</summary>
internal static class Duels
{
    /// <summary>How often a pair may begin anew because the machine itself stood still while it was timed.</summary>
    private const int Plays = 3;

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
        var failures = await Task.WhenAll(pairs.Select(pair => Task.Run(() => PlayAsync(pair, plays: Plays))));
        var failed = failures.Where(failure => failure is not null).ToArray();
        Assert.True(failed.Length == 0, string.Join("\n\n", failed));

        async Task<string?> PlayAsync((PeerKind A, PeerKind B) pair, int plays)
        {
            try
            {
                using var duel = new Duel(pair.A, pair.B, Tell, ipv6, second);
                await play(duel);
                return null;
            }
            catch (MachineStoodStillException stood) when (plays > 1)
            {
                Tell($"{stood.Message}: nothing was measured, it is played anew");
                return await PlayAsync(pair, plays - 1);
            }
            catch (Exception failure)
            {
                return $"{pair.A}/{pair.B}: {failure.Message}";
            }
        }

        void Tell(string line)
        {
            lock (gate) output.WriteLine(line);
        }
    }
}
