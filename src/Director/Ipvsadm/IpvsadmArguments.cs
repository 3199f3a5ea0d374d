using System.Diagnostics.CodeAnalysis;
using Director.Net;

namespace Director.Ipvsadm;

/// <summary>
/// Reads an ipvsadm(8) command line: the command first, short options in one word or several, a service's address in the same word or
/// the next. Only what reads is taken; services are what keepalived.conf says.
/// </summary>
internal static class IpvsadmArguments
{
    private const string ReadOnly = "services and servers are what keepalived.conf says: change the file and reload (SIGHUP)";

    private static readonly string[] CommandsThatWrite =
    [
        "add-service", "edit-service", "delete-service", "clear", "restore", "add-server", "edit-server", "delete-server", "set",
        "start-daemon", "stop-daemon",
    ];

    /// <summary>Reads <paramref name="arguments"/>; if they make no sense here, <paramref name="problem"/> says why.</summary>
    public static bool TryRead(
        IReadOnlyList<string> arguments, [NotNullWhen(true)] out IpvsadmRequest? request, [NotNullWhen(false)] out string? problem)
    {
        request = null;
        if (!TrySplit(arguments, out var options, out problem)) return false;
        if (options.Count == 0) options.Add(("list", null));
        if (ActionOf(options[0].Name) is not { } action)
        {
            problem = CommandsThatWrite.Contains(options[0].Name)
                ? $"--{options[0].Name}: {ReadOnly}"
                : $"--{options[0].Name}: a command comes first: -L, -S or -Z";
            return false;
        }

        var read = new IpvsadmRequest { Action = action };
        foreach (var (name, value) in options.Skip(1))
        {
            if (Apply(read, name, value, out var why) is not { } next)
            {
                problem = why;
                return false;
            }

            read = next;
        }

        request = read;
        return true;
    }

    private static IpvsadmAction? ActionOf(string name) => name switch
    {
        "list" => IpvsadmAction.Services,
        "save" => IpvsadmAction.Rules,
        "zero" => IpvsadmAction.Zero,
        _ => null,
    };

    private static string? LongName(char letter) => letter switch
    {
        'L' or 'l' => "list",
        'S' => "save",
        'Z' => "zero",
        'n' => "numeric",
        'c' => "connection",
        'X' => "exact",
        't' => "tcp-service",
        'u' => "udp-service",
        'f' => "fwmark-service",
        'A' => "add-service",
        'E' => "edit-service",
        'D' => "delete-service",
        'C' => "clear",
        'R' => "restore",
        'a' => "add-server",
        'e' => "edit-server",
        'd' => "delete-server",
        _ => null,
    };

    private static bool TakesValue(string name) => name is "tcp-service" or "udp-service" or "fwmark-service";

    /// <summary>Options by their long names. What belongs to a command that writes is not looked at.</summary>
    private static bool TrySplit(
        IReadOnlyList<string> arguments, out List<(string Name, string? Value)> options, [NotNullWhen(false)] out string? problem)
    {
        options = [];
        problem = null;
        for (var i = 0; i < arguments.Count; i++)
        {
            if (options is [var (first, _), ..] && CommandsThatWrite.Contains(first)) return true;
            var word = arguments[i];
            if (word.StartsWith("--", StringComparison.Ordinal))
            {
                var parts = word[2..].Split('=', 2);
                var value = parts.Length == 2 ? parts[1] : TakesValue(parts[0]) && i + 1 < arguments.Count ? arguments[++i] : null;
                options.Add((parts[0], value));
                continue;
            }

            if (word is not ['-', _, ..])
            {
                problem = $"unexpected argument {word}";
                return false;
            }

            for (var at = 1; at < word.Length; at++)
            {
                if (LongName(word[at]) is not { } name)
                {
                    problem = $"unknown option -{word[at]}";
                    return false;
                }

                if (!TakesValue(name))
                {
                    options.Add((name, null));
                    continue;
                }

                options.Add((name, at + 1 < word.Length ? word[(at + 1)..] : i + 1 < arguments.Count ? arguments[++i] : null));
                break;
            }
        }

        return true;
    }

    private static IpvsadmRequest? Apply(IpvsadmRequest read, string name, string? value, out string problem)
    {
        problem = "";
        var isList = read.Action is not (IpvsadmAction.Rules or IpvsadmAction.Zero);
        switch (name)
        {
            // Addresses are never looked up: with or without it they are numbers.
            case "numeric" when read.Action != IpvsadmAction.Zero: return read;
            case "tcp-service" when read.Action is IpvsadmAction.Services or IpvsadmAction.Zero:
                return WithService(read, IpProtocol.Tcp, value, out problem);
            case "udp-service" when read.Action is IpvsadmAction.Services or IpvsadmAction.Zero:
                return WithService(read, IpProtocol.Udp, value, out problem);
            case "fwmark-service":
                problem = "a director has no fwmark services";
                return null;
            case "connection" when IsPlainList(read): return read with { Action = IpvsadmAction.Connections };
            case "timeout" when IsPlainList(read): return read with { Action = IpvsadmAction.Timeouts };
            case "daemon" when IsPlainList(read): return read with { Action = IpvsadmAction.Daemons };
            case "stats" when isList: return read with { Columns = IpvsadmColumns.Stats };
            case "rate" when isList: return read with { Columns = IpvsadmColumns.Rate };
            case "thresholds" when isList: return read with { Columns = IpvsadmColumns.Thresholds };
            case "persistent-conn" when isList: return read with { Columns = IpvsadmColumns.PersistentConnections };
            case "sort" when isList: return read with { Sorted = true };
            case "nosort" when isList: return read with { Sorted = false };
            case "exact" when isList: return read with { Exact = true };
            default:
                problem = $"--{name} is unknown, or does not go with what stands before it";
                return null;
        }
    }

    /// <summary>Connections, timeouts, daemons and one service exclude each other.</summary>
    private static bool IsPlainList(IpvsadmRequest read) => read is { Action: IpvsadmAction.Services, Service: null };

    private static IpvsadmRequest? WithService(IpvsadmRequest read, IpProtocol protocol, string? value, out string problem)
    {
        problem = "";
        if (value is not null && read.Service is null)
        {
            if (Endpoint.TryParse(value, out var endpoint)) return read with { Service = new(protocol, endpoint) };

            // Without a port, as ipvsadm has it, every port is meant.
            if (Endpoint.TryParse(value + ":0", out endpoint)) return read with { Service = new(protocol, endpoint) };
        }

        problem = $"illegal virtual server address[:port] specified: {value}";
        return null;
    }
}
