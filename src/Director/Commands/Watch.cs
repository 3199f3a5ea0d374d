using Director.Datapath.Stats;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Director.Commands;

/// <summary>What <c>--watch</c> does, until it is cancelled.</summary>
internal static class Watch
{
    /// <summary>Shows anew each time the rate estimator may have moved.</summary>
    public static async Task RepeatAsync(Func<Task> show, CancellationToken cancellation)
    {
        while (true)
        {
            await show();
            await Task.Delay(TrafficEstimator.Period, cancellation);
        }
    }

    /// <summary>The same in one place of the terminal; what does not fit it is cut off below.</summary>
    public static async Task LiveAsync(Func<Task<IRenderable>> look, CancellationToken cancellation) =>
        await AnsiConsole.Live(await look()).Overflow(VerticalOverflow.Ellipsis).Cropping(VerticalOverflowCropping.Bottom)
            .StartAsync(live => RepeatAsync(async () => live.UpdateTarget(await look()), cancellation));
}
