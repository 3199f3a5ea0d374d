using System.Text;
using System.Text.RegularExpressions;

namespace Director.Tests.Config.Differential;

/// <summary>
/// Files drawn from a seed: right ones, ones with a single slip, and ones that say the same by definitions and generators.
/// </summary>
internal static partial class Corpus
{
    /// <summary>What befalls the file of a seed.</summary>
    public static string Kind(int seed) => (seed % 4) switch { 0 => "right", 1 => "slip", 2 => "structure", _ => "definitions" };

    public static string File(int seed)
    {
        var random = new Random((seed * 7919) + 17);
        var text = Right(random);
        return Kind(seed) switch
        {
            "slip" => WithSlip(text, random),
            "structure" => WithBrokenStructure(text, random),
            "definitions" => WithDefinitions(text, random),
            _ => text,
        };
    }

    /// <summary>A file in which everything has its place.</summary>
    private static string Right(Random random)
    {
        var text = new StringBuilder("global_defs {\n    script_user root\n    enable_script_security\n");
        foreach (var line in Some(CorpusWords.Globals, 6, random)) text.Append($"    {line}\n");
        text.Append("}\nvrrp_script chk {\n    script /bin/true\n    interval ").Append(Filled("<n>", random));
        text.Append("\n}\ntrack_file tf {\n    file /nonexistent/file\n}\nvrrp_track_process tp {\n    process nginx\n}\n");
        for (var i = 1; i <= 2; i++)
        {
            text.Append($"vrrp_instance VI_{i} {{\n    interface eth{i}\n    virtual_router_id {i + 50}\n");
            foreach (var line in Some(CorpusWords.Instance, 5, random)) text.Append($"    {line}\n");
            text.Append($"    virtual_ipaddress {{\n        10.2.{i}.1/24\n        10.2.{i}.2/24 dev eth0 label eth0:{i}\n    }}\n}}\n");
        }

        foreach (var block in Some(CorpusWords.Roots, 2, random)) text.Append(block).Append('\n');
        var services = random.Next(1, 4);
        for (var i = 1; i <= services; i++)
        {
            text.Append($"virtual_server 10.4.{i}.1 80 {{\n    protocol TCP\n    lb_algo rr\n    lb_kind NAT\n");
            foreach (var line in Some(CorpusWords.Service, 5, random)) text.Append($"    {line}\n");
            for (var j = 1; j <= random.Next(1, 4); j++)
            {
                text.Append($"    real_server 10.4.{i}.{j + 1} 80 {{\n");
                foreach (var line in Some(CorpusWords.Server, 3, random)) text.Append($"        {line}\n");
                text.Append("    }\n");
            }

            text.Append("}\n");
        }

        return text.ToString();
    }

    /// <summary>Lines drawn from a list, none with the same keyword twice.</summary>
    private static List<string> Some(string[] lines, int most, Random random) =>
        Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => lines[random.Next(lines.Length)]).DistinctBy(line => line.Split(' ')[0])
            .Select(line => Filled(line, random)).ToList();

    private static string Filled(string line, Random random)
    {
        while (Place().Match(line) is { Success: true } place)
        {
            var name = place.Groups[1].Value;
            var words = name == "check" ? CorpusWords.Check : CorpusWords.Places[name];
            line = string.Concat(line.AsSpan(0, place.Index), words[random.Next(words.Length)], line.AsSpan(place.Index + place.Length));
        }

        return line;
    }

    private static string WithSlip(string text, Random random)
    {
        var lines = text.Split('\n');
        var places = Enumerable.Range(0, lines.Length)
            .Where(i => lines[i].TrimStart().Contains(' ') && !lines[i].Contains('{')).ToList();
        var at = places[random.Next(places.Count)];
        var words = lines[at].TrimStart().Split(' ', 2);
        var slip = CorpusWords.Slips[random.Next(CorpusWords.Slips.Length)];
        lines[at] = $"    {words[0]} {(random.Next(4) == 0 ? $"{words[1]} {slip}" : slip)}";
        return string.Join('\n', lines);
    }

    private static string WithBrokenStructure(string text, Random random)
    {
        var lines = text.Split('\n').ToList();
        var at = random.Next(lines.Count - 1);
        switch (random.Next(8))
        {
            case 0:
                lines.Insert(at, "    no_such_keyword 1");
                break;
            case 1:
                lines.Insert(at, "# a comment { with a brace");
                break;
            case 2:
                lines.RemoveAt(at);
                break;
            case 3:
                lines.Insert(at, lines[at]);
                break;
            case 4:
                lines[at] = lines[at].Replace(" {", "\n{", StringComparison.Ordinal);
                break;
            case 5:
                lines[at] += "\r";
                break;
            case 6:
                lines[at] = $"\t {lines[at]} \t ! comment";
                break;
            default:
                lines.Insert(at, "}");
                break;
        }

        return string.Join('\n', lines);
    }

    /// <summary>The same file, said by definitions, generators and conditions.</summary>
    private static string WithDefinitions(string text, Random random)
    {
        var definitions = new StringBuilder();
        var lines = text.Split('\n').ToList();
        for (var round = 0; round < 6; round++)
        {
            var at = random.Next(lines.Count - 1);
            if (lines[at].TrimStart() is ['@' or '$' or '~', ..] || lines[at].EndsWith('\\')) continue;
            var words = lines[at].Trim().Split(' ', 2);
            var isPlain = words.Length == 2 && !lines[at].Contains('$') && lines[at].AsSpan().IndexOfAny("{}\"@~") < 0;
            switch (random.Next(6))
            {
                case 0 when isPlain:
                    definitions.Append($"$V{round}={words[1]}\n");
                    lines[at] = $"    {words[0]} {(random.Next(2) == 0 ? $"$V{round}" : $"${{V{round}}}")}";
                    break;
                case 1:
                    lines[at] = $"@lb1 {lines[at].Trim()}";
                    lines.Insert(at, "@lb2 no_such_keyword 1");
                    break;
                case 2:
                    definitions.Append($"$L{round}= \\\n    {lines[at].Trim()} \\\n\n");
                    lines[at] = $"$L{round}";
                    break;
                case 3 when isPlain:
                    var value = words[1].Split(' ')[0];
                    lines[at] = $"~LST(w{round}, {value}) {words[0]} ${{w{round}}}{words[1][value.Length..]}";
                    break;
                case 4:
                    lines[at] = $"@^lb2 {lines[at].Trim()}";
                    break;
                default:
                    lines.Add($"$S{round}= \\\n    virtual_server 10.5.{round}.${{k{round}}} 80 {{ \\");
                    lines.Add("    lb_algo rr \\\n    lb_kind NAT \\\n    protocol TCP \\");
                    lines.Add($"    ~SEQ(r{round}, 1, 2, 5) real_server 10.6.${{k{round}}}.${{r{round}}} 80 {{ }} \\\n    }}");
                    lines.Add($"~SEQ(k{round}, 2) $S{round}");
                    break;
            }
        }

        return $"{definitions}{string.Join('\n', lines)}\n";
    }

    [GeneratedRegex("<([a-z]+)>")]
    private static partial Regex Place();
}
