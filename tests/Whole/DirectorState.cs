using Director.Admin;

namespace Director.Tests.Whole;

/// <summary>What a director says of itself on the socket in its run directory.</summary>
internal static class DirectorState
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>Its state now.</summary>
    public static async Task<StatusDocument> StatusAsync(string runDirectory)
    {
        using var socket = new AdminSocket(runDirectory);
        return await socket.StatusAsync(CancellationToken.None);
    }

    /// <summary>Looks at the state until it is as it should be; fails, saying what was waited for, if that does not come.</summary>
    public static async Task<StatusDocument> UntilAsync(string runDirectory, string what, Func<StatusDocument, bool> holds)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                var status = await StatusAsync(runDirectory);
                if (holds(status)) return status;
            }
            catch (HttpRequestException) when (!patience.IsCancellationRequested)
            {
                // It is not up yet.
            }

            Assert.False(patience.IsCancellationRequested, $"waited {Patience.TotalSeconds} s until {what}");
            await Task.Delay(Look, CancellationToken.None);
        }
    }
}
