using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Director.Config;
using Director.Control;
using Director.Net;

namespace Director.Reloading;

/// <summary>
/// What an object of a configuration says, keyword by keyword, for people: see <see cref="ModelShape"/>. What is an object of its own is
/// left out. Pure.
/// </summary>
internal static class ModelText
{
    /// <summary>Each keyword and its value.</summary>
    public static IEnumerable<(string Keyword, string Value)> Of(OutlineObject item) =>
        !ModelShape.IsModel(item.Said.GetType()) ? []
        : item.Service?.SorryServer is { } sorry && ReferenceEquals(sorry, item.Said)
            ? Properties(sorry).Select(said =>
                ("sorry_server_" + (said.Keyword == "inhibit_on_failure" ? "inhibit" : said.Keyword), said.Value))
        : Properties(item.Said);

    /// <summary>A value as the operator would write it, or nearly.</summary>
    public static string Of(object? value) => value switch
    {
        null or "" => "none",
        bool flag => flag ? "yes" : "no",
        TimeSpan span => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.######} s"),
        ForwardingMethodConfig method => MethodName.Of(method),
        VrrpInitialState state => state.ToString().ToUpperInvariant(),
        string text => text,
        VirtualRoute or VirtualRule => Whole(value),
        _ when ModelShape.ElementOf(value.GetType()) is not null => List((System.Collections.IEnumerable)value),
        _ when ModelShape.IsModel(value.GetType()) && !ModelShape.Of(value.GetType()).IsWrittenByItself => string.Join(' ',
            Properties(value).Where(said => said.Value is not ("none" or "no")).Select(said => $"{said.Keyword} {said.Value}")),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static IEnumerable<(string Keyword, string Value)> Properties(object said)
    {
        foreach (var property in ModelShape.Of(said.GetType()).Properties)
        {
            if (IsObjectOfItsOwn(said, property)) continue;
            var value = property.GetValue(said);
            if (value is IReadOnlyList<TrackConfig> tracks)
            {
                foreach (var kind in tracks.GroupBy(track => track.Kind))
                    yield return ("track_" + JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.Key.ToString()), string.Join(", ", kind));
            }
            else if (value is not null && ModelKeywords.IsPartOfItsOwner(property.PropertyType))
            {
                foreach (var inner in Properties(value)) yield return inner;
            }
            else
            {
                yield return (ModelKeywords.Of(said.GetType(), property), property.Name.Contains("Password", StringComparison.Ordinal)
                    ? Secret(value as string)
                    : Of(value));
            }
        }
    }

    private static bool IsObjectOfItsOwn(object said, PropertyInfo property) => said switch
    {
        VirtualServerConfig => property.Name is nameof(VirtualServerConfig.RealServers) or nameof(VirtualServerConfig.SorryServer),
        RealServerConfig => property.Name == nameof(RealServerConfig.Checks),
        VrrpInstanceConfig => property.Name is nameof(VrrpInstanceConfig.Addresses) or nameof(VrrpInstanceConfig.ExcludedAddresses)
            or nameof(VrrpInstanceConfig.Routes) or nameof(VrrpInstanceConfig.Rules),
        _ => false,
    };

    private static string List(System.Collections.IEnumerable values)
    {
        var all = string.Join(", ", values.Cast<object?>().Select(Of));
        return all.Length == 0 ? "none" : all;
    }

    /// <summary>Tells one password from another without showing either.</summary>
    private static string Secret(string? password) => password is null
        ? "none"
        : "set #" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(password)))[..4];

    /// <summary>As it writes itself, and with all that this leaves out.</summary>
    private static string Whole(object value) => $"{value} " + string.Join(' ', Properties(value)
        .Where(said => said.Value is not ("none" or "no" or "0")).Select(said => $"{said.Keyword} {said.Value}"));
}
