using System.Globalization;
using Director.Net;

namespace Director.Config.Binder;

/// <summary>A status code of HTTP or a range of them (keepalived check/check_http.c, <c>status_code_handler</c>).</summary>
internal sealed class StatusCodesArgument : Argument<NumberRange>
{
    private const int Lowest = 100, Highest = 599;

    public static readonly StatusCodesArgument Instance = new();

    private static readonly RangeArgument Range = new("a status code, 100 to 599, or a range such as 200-299", Highest);

    public override string Expected => Range.Expected;

    public override bool TryParse(string text, out NumberRange value, out Rejection rejection)
    {
        if (!Range.TryParse(text, out value, out rejection)) return false;
        rejection = new(string.Create(CultureInfo.InvariantCulture, $"is outside the range {Lowest} to {Highest}"));
        return value.First >= Lowest;
    }
}
