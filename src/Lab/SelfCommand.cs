using System.Reflection;

namespace Director.Lab;

/// <summary>How to start the running program a second time.</summary>
internal static class SelfCommand
{
    /// <summary>The native host by its path; under <c>dotnet app.dll</c>, both words.</summary>
    public static IReadOnlyList<string> OfThisProcess()
    {
        var host = Environment.ProcessPath ?? throw new LabException("the path of this program is unknown (/proc is not mounted?)");
        return Path.GetFileNameWithoutExtension(host) == "dotnet" && Assembly.GetEntryAssembly()?.Location is { Length: > 0 } assembly
            ? [host, assembly]
            : [host];
    }
}
