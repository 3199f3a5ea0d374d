using System.Globalization;
using Director.LoadTest.Analysis;

namespace Director.LoadTest.Reports;

/// <summary>
/// The report for other programs (RFC 4180): a row for each scenario, step and second; whole iterations have an empty step. Events stand
/// in the rows of the second in which they happened.
/// </summary>
internal static class CsvReport
{
    /// <summary>The first line.</summary>
    public const string Header = "scenario,step,second,ok,failed,p50_ms,p99_ms,max_ms,events";

    /// <summary>Writes it.</summary>
    public static void Write(TextWriter output, RunRecord run)
    {
        var events = run.Happened.ToLookup(happening => (int)(happening.At - run.Begun).TotalSeconds, happening => happening.What.Told);
        output.Write(Header + "\r\n");
        foreach (var row in StepSecond.Of(run))
        {
            output.Write(string.Create(CultureInfo.InvariantCulture,
                $"{row.Scenario},{row.Step},{row.Second},{row.Ok},{row.Failed},{row.P50.TotalMilliseconds:0.000}," +
                $"{row.P99.TotalMilliseconds:0.000},{row.Max.TotalMilliseconds:0.000},{string.Join("; ", events[row.Second])}\r\n"));
        }
    }
}
