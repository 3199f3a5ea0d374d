using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Director.Hosting;

/// <summary>Says in the operator's words what is no setting of <see cref="DirectorSettings"/>, or has an impossible value.</summary>
internal static class SettingsCheck
{
    /// <summary>A sentence each; empty if all can be bound.</summary>
    public static IEnumerable<string> Problems(IConfiguration configuration) => Problems(configuration, typeof(DirectorSettings));

    private static IEnumerable<string> Problems(IConfiguration group, Type type)
    {
        var known = type.GetProperties();
        foreach (var entry in group.GetChildren())
        {
            var property = known.FirstOrDefault(candidate => NameOf(candidate).Equals(entry.Key, StringComparison.OrdinalIgnoreCase));
            if (property is null) yield return $"{entry.Path}: there is no such setting; there are {Names(known)}";
            else if (property.PropertyType.Namespace == typeof(DirectorSettings).Namespace && property.PropertyType.IsClass)
                foreach (var problem in OfGroup(entry, property.PropertyType)) yield return problem;
            else if (WhyNot(property.PropertyType, entry.Value ?? "") is { } why)
                yield return $"{entry.Path} '{entry.Value}' is {why}";
        }
    }

    private static IEnumerable<string> OfGroup(IConfigurationSection group, Type type) =>
        group.Value is null ? Problems(group, type) : [$"{group.Path} is a group of settings: write {group.Path}:KEY=VALUE"];

    private static string? WhyNot(Type type, string value)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(int))
            return int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? null : "not a whole number";
        if (type == typeof(bool)) return bool.TryParse(value, out _) ? null : "neither true nor false";
        if (!type.IsEnum) return null;
        var names = Enum.GetNames(type);
        return names.Contains(value, StringComparer.OrdinalIgnoreCase)
            ? null
            : $"none of {string.Join(", ", names.Select(JsonNamingPolicy.KebabCaseLower.ConvertName))}";
    }

    private static string Names(IEnumerable<PropertyInfo> properties) => string.Join(", ", properties.Select(NameOf));

    private static string NameOf(PropertyInfo property) =>
        property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name ?? property.Name;
}
