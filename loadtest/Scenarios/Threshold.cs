using System.Globalization;

namespace Director.LoadScenarios;

/// <summary>
/// What must hold for the run to pass. A scenario's name stands for its whole iterations; an empty one for those of all scenarios.
/// </summary>
/// <param name="Scenario">Whose.</param>
internal abstract record Threshold(string Scenario)
{
    /// <summary>How it is told to people.</summary>
    public abstract string Told { get; }

    private string Whose => Scenario.Length == 0 ? "all" : Scenario;

    /// <summary>So many iterations may fail.</summary>
    /// <param name="Scenario">Whose.</param>
    /// <param name="AtMost">How many.</param>
    public sealed record Errors(string Scenario, int AtMost) : Threshold(Scenario)
    {
        /// <inheritdoc/>
        public override string Told => AtMost == 0 ? $"{Whose}: no error" : $"{Whose}: at most {AtMost} errors";
    }

    /// <summary>So much of the iterations that went well took no longer.</summary>
    /// <param name="Scenario">Whose.</param>
    /// <param name="Percentile">How much, in percent.</param>
    /// <param name="AtMost">How long.</param>
    public sealed record Latency(string Scenario, double Percentile, TimeSpan AtMost) : Threshold(Scenario)
    {
        /// <inheritdoc/>
        public override string Told =>
            string.Create(CultureInfo.InvariantCulture, $"{Whose}: p{Percentile:0.##} at most {AtMost.TotalMilliseconds:0.#} ms");
    }

    /// <summary>
    /// Errors after something happened to the lab come to an end: none is of an iteration that began later than this after it (and before
    /// the next event).
    /// </summary>
    /// <param name="Scenario">Whose.</param>
    /// <param name="After">What happened.</param>
    /// <param name="Within">How long after it.</param>
    public sealed record ErrorsEnd(string Scenario, LabAction After, TimeSpan Within) : Threshold(Scenario)
    {
        /// <inheritdoc/>
        public override string Told =>
            string.Create(CultureInfo.InvariantCulture, $"{Whose}: no error later than {Within.TotalSeconds:0.0} s after {Words(After)}");
    }

    /// <summary>There is no error from the beginning to what happens first to the lab.</summary>
    /// <param name="Scenario">Whose.</param>
    /// <param name="Before">What happens.</param>
    public sealed record NoErrorBefore(string Scenario, LabAction Before) : Threshold(Scenario)
    {
        /// <inheritdoc/>
        public override string Told => $"{Whose}: no error before {Words(Before)}";
    }

    /// <summary>
    /// After something happened to the lab (and before the next event) users were without service for so long at most: the time between the
    /// beginnings of two iterations that were answered promptly, with none between them.
    /// </summary>
    /// <param name="Scenario">Whose.</param>
    /// <param name="After">What happened.</param>
    /// <param name="AtMost">How long.</param>
    public sealed record TimeWithoutService(string Scenario, LabAction After, TimeSpan AtMost) : Threshold(Scenario)
    {
        /// <inheritdoc/>
        public override string Told => string.Create(CultureInfo.InvariantCulture,
            $"{Whose}: without service for at most {AtMost.TotalSeconds:0.00} s after {Words(After)}");
    }

    /// <summary>Every server that was there all the time answered its part: none answered less than this share of an even one.</summary>
    /// <param name="Scenario">Whose.</param>
    /// <param name="AtLeast">Of an even share, such as 0.5.</param>
    public sealed record EvenShares(string Scenario, double AtLeast) : Threshold(Scenario)
    {
        /// <inheritdoc/>
        public override string Told =>
            string.Create(CultureInfo.InvariantCulture, $"{Whose}: each server answers at least {AtLeast:P0} of an even share");
    }

    /// <summary>Everybody who was due has come: the generator kept up, so that what it measured is what the plan says.</summary>
    public sealed record EverybodyCame() : Threshold("")
    {
        /// <inheritdoc/>
        public override string Told => "everybody who was due has come";
    }

    private static string Words(LabAction action) => action switch
    {
        LabAction.ServerDies => "the server dies",
        LabAction.ServerDrains => "the server drains",
        LabAction.ServerReturns => "the server returns",
        LabAction.Reload => "a reload",
        LabAction.DirectorStops => "the director stops",
        LabAction.DirectorDies => "the director dies",
        _ => "the director returns",
    };
}
