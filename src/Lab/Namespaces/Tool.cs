using System.ComponentModel;
using System.Diagnostics;

namespace Director.Lab.Namespaces;

/// <summary>Runs a configuration tool to its end. The lab may shell out; the director itself never does.</summary>
internal static class Tool
{
    /// <summary>
    /// Runs <paramref name="command"/> and returns what it printed; throws <see cref="LabException"/> unless it exits with 0.
    /// </summary>
    public static string Run(params ReadOnlySpan<string> command)
    {
        var (exitCode, output, errors) = TryRun(command);
        if (exitCode == 0) return output;
        throw new LabException($"`{string.Join(' ', command)}` failed with {exitCode}: {errors.Trim()}{output.Trim()}");
    }

    /// <summary>
    /// Runs <paramref name="command"/> and returns how it ended; throws <see cref="LabException"/> if it cannot start or does not end.
    /// </summary>
    public static (int ExitCode, string Output, string Errors) TryRun(params ReadOnlySpan<string> command)
    {
        using var process = Start(command);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(LabLimits.ToolTimeout))
        {
            process.Kill();
            throw new LabException(
                $"`{string.Join(' ', command)}` did not end within {LabLimits.ToolTimeout.TotalSeconds} s and was killed");
        }

        return (process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }

    /// <summary>Starts <paramref name="command"/> with its three streams redirected to the caller.</summary>
    public static Process Start(params ReadOnlySpan<string> command)
    {
        var start = new ProcessStartInfo(command[0])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in command[1..]) start.ArgumentList.Add(argument);
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception error)
        {
            throw new LabException($"cannot run '{command[0]}': {error.Message}{Remedy(command[0])}", error);
        }
    }

    private static string Remedy(string tool) => tool switch
    {
        "ip" => " (apt-get install iproute2)",
        "ethtool" => " (apt-get install ethtool)",
        _ => "",
    };
}
