using System.Globalization;
using System.Text;
using Director.Perf.Engines;
using Director.Perf.Measurement;
using Director.Perf.Traffic;

namespace Director.Perf.Report;

/// <summary>
/// A chart of frames a second as SVG: a block for each kind of traffic of small frames and one worker, a bar for each engine, all to one
/// scale. Without a background and with colours for both, it stands on light pages and dark ones.
/// </summary>
internal static class RateChart
{
    private const int Width = 760, Left = 190, Right = 160, Row = 24, Bar = 15, Heading = 34, Margin = 12;

    private const string Style = """
          <style>
            text { font: 13px -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: #24292f }
            .heading { font-weight: 600 }
            .name { text-anchor: end }
            .other { fill: #8c959f }
            .director { fill: #0969da }
            .times { fill: #57606a }
            @media (prefers-color-scheme: dark) {
              text { fill: #e6edf3 }
              .other { fill: #6e7681 }
              .director { fill: #4493f8 }
              .times { fill: #9198a1 }
            }
          </style>

        """;

    /// <summary>Draws it.</summary>
    public static string Of(IReadOnlyList<CellResult> results)
    {
        var shown = results.Where(result => result is
            { Measured: true, Cell: { Timed: false, Load: not Load.Mixed, Workers: 1, Bytes: FrameTemplate.SmallestBytes } }).ToList();
        var most = shown.Select(result => result.Delivered).DefaultIfEmpty(1).Max();
        var (body, y) = (new StringBuilder(), Margin);
        foreach (var block in shown.GroupBy(result => ProgressLine.LoadOf(result.Cell)))
        {
            y += Heading;
            Add(body, $"""  <text class="heading" x="{Left}" y="{y - 10}">{block.Key}, million packets a second</text>""");
            foreach (var result in block)
            {
                Draw(body, result, Ratios.ToReference(result, results), (Width - Left - Right) * result.Delivered / most, y);
                y += Row;
            }
        }

        var svg = new StringBuilder();
        var height = y + Margin;
        var size = string.Create(CultureInfo.InvariantCulture, $"width=\"{Width}\" height=\"{height}\" viewBox=\"0 0 {Width} {height}\"");
        Add(svg, $"""<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">""");
        return svg.Append("  <title>Packets a second, by engine</title>\n").Append(Style).Append(body).Append("</svg>\n").ToString();
    }

    private static void Draw(StringBuilder svg, CellResult result, double? ratio, double length, int y)
    {
        var engine = result.Cell.Engine;
        var baseline = y + Bar - 3;
        Add(svg, $"""  <text class="name" x="{Left - 10}" y="{baseline}">{engine.Title}</text>""");
        var kind = engine.IsDirector ? "director" : "other";
        Add(svg, $"""  <rect class="{kind}" x="{Left}" y="{y}" width="{length:0.0}" height="{Bar}" rx="2"/>""");
        var times = ratio is { } value && engine.Name != EngineCatalog.Reference
            ? FormattableString.Invariant($"<tspan class=\"times\" dx=\"10\">{value:0.00} × kernel</tspan>")
            : "";
        Add(svg, $"""  <text x="{Left + length + 8:0.0}" y="{baseline}">{result.Delivered / 1e6:0.00}{times}</text>""");
    }

    private static void Add(StringBuilder svg, FormattableString line) =>
        svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
