using System.Globalization;
using System.Net;
using System.Text;

namespace Director.LoadTest.Reports;

/// <summary>
/// A line chart over the seconds of a run as inline SVG. Colours come from the page's style, by the classes of its series; what happened
/// is marked by upright lines. A logarithmic chart leaves zeros out.
/// </summary>
/// <param name="title">What it shows, with the unit.</param>
/// <param name="seconds">How many seconds there are.</param>
/// <param name="logarithmic">Whether the upright axis is logarithmic.</param>
internal sealed class SvgChart(string title, int seconds, bool logarithmic)
{
    private const int Width = 900;
    private const int Height = 220;
    private const int Left = 64;
    private const int Right = 12;
    private const int Top = 34;
    private const int Bottom = 26;
    private const int TicksAcross = 10;
    private const int TicksUp = 4;

    private static readonly int[] RoundFactors = [1, 2, 4, 8, 10];

    private readonly List<(string Name, string Style, IReadOnlyList<double> Values)> _series = [];
    private readonly List<(double At, string What)> _marks = [];

    /// <summary>Adds a line: a value for each second.</summary>
    public SvgChart With(string name, string style, IReadOnlyList<double> values)
    {
        _series.Add((name, style, values));
        return this;
    }

    /// <summary>Marks what happened at a second.</summary>
    public SvgChart WithMark(double at, string what)
    {
        _marks.Add((at, what));
        return this;
    }

    /// <summary>Draws it.</summary>
    public string Draw()
    {
        var (low, high) = Range();
        var svg = new StringBuilder();
        svg.Append(Text($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Escaped(title)}\">"));
        svg.Append(Text($"<text class=\"title\" x=\"{Left}\" y=\"14\">{Escaped(title)}</text>"));
        Legend(svg);
        foreach (var tick in TicksOf(low, high))
        {
            svg.Append(Text($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(tick):0.#}\" y2=\"{Y(tick):0.#}\"/>"));
            svg.Append(Text($"<text class=\"tick\" text-anchor=\"end\" x=\"{Left - 6}\" y=\"{Y(tick) + 4:0.#}\">{tick:#,0.###}</text>"));
        }

        var step = Math.Max(1, (int)Math.Ceiling((double)seconds / TicksAcross));
        for (var second = 0; second <= seconds; second += step)
            svg.Append(Text($"<text class=\"tick\" text-anchor=\"middle\" x=\"{X(second):0.#}\" y=\"{Height - 8}\">{second} s</text>"));
        foreach (var (at, what) in _marks)
        {
            svg.Append(Text($"<g class=\"mark\"><line x1=\"{X(at):0.#}\" x2=\"{X(at):0.#}\" y1=\"{Top}\" y2=\"{Height - Bottom}\"/>"));
            svg.Append(Text($"<text transform=\"translate({X(at) + 11:0.#} {Top + 2}) rotate(90)\">{Escaped(what)}</text></g>"));
        }

        foreach (var (_, style, values) in _series) Line(svg, style, values);
        return svg.Append("</svg>").ToString();

        double X(double second) => Left + (second / Math.Max(seconds, 1) * (Width - Left - Right));

        double Y(double value)
        {
            var part = logarithmic ? Math.Log(value / low) / Math.Log(high / low) : (value - low) / (high - low);
            return Height - Bottom - (Math.Clamp(part, 0, 1) * (Height - Top - Bottom));
        }

        // A second without a value interrupts the line; a point without neighbours is a dot.
        void Line(StringBuilder svg, string style, IReadOnlyList<double> values)
        {
            var path = new StringBuilder();
            for (var second = 0; second < values.Count; second++)
            {
                if (!Shown(values[second])) continue;
                var begins = second == 0 || !Shown(values[second - 1]);
                path.Append(Text($"{(begins ? 'M' : 'L')}{X(second + 0.5):0.#} {Y(values[second]):0.#}"));
                if (begins) path.Append(Text($"h0"));
            }

            svg.Append(Text($"<path class=\"{style}\" d=\"{path}\"/>"));
        }
    }

    private bool Shown(double value) => !logarithmic || value > 0;

    private void Legend(StringBuilder svg)
    {
        var x = Width - Right;
        foreach (var (name, style, _) in Enumerable.Reverse(_series))
        {
            svg.Append(Text($"<text class=\"tick\" text-anchor=\"end\" x=\"{x}\" y=\"14\">{Escaped(name)}</text>"));
            x -= 10 + (7 * name.Length);
            svg.Append(Text($"<path class=\"{style}\" d=\"M{x - 14} 10h12\"/>"));
            x -= 28;
        }
    }

    private (double Low, double High) Range()
    {
        var values = _series.SelectMany(series => series.Values).Where(Shown).DefaultIfEmpty(1).ToList();
        if (!logarithmic) return (0, Round(Math.Max(values.Max(), 1)));
        var low = Math.Pow(10, Math.Floor(Math.Log10(values.Min())));
        return (low, Math.Max(Math.Pow(10, Math.Ceiling(Math.Log10(values.Max()))), 10 * low));
    }

    private IEnumerable<double> TicksOf(double low, double high)
    {
        if (!logarithmic) return Enumerable.Range(0, TicksUp + 1).Select(tick => high * tick / TicksUp);
        var decades = (int)Math.Round(Math.Log10(high / low));
        return Enumerable.Range(0, decades + 1).Select(decade => low * Math.Pow(10, decade));
    }

    // The next of 1, 2, 4, 8 times a power of ten: a quarter of it is a round number.
    private static double Round(double value)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return power * RoundFactors.First(factor => factor * power >= value);
    }

    private static string Escaped(string text) => WebUtility.HtmlEncode(text);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
