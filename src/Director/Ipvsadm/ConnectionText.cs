using System.Globalization;
using Director.Admin;

namespace Director.Ipvsadm;

/// <summary>Connections as ipvsadm 1.31 prints them, byte for byte. The order is nobody's, there as here.</summary>
internal static class ConnectionText
{
    /// <summary>The line above the columns.</summary>
    public const string Banner = "IPVS connection entries\n";

    /// <summary>The columns' names.</summary>
    public const string Title = "pro expire state       source             virtual            destination\n";

    /// <summary>The same with <c>--persistent-conn</c>, whose last two columns only persistence engines fill.</summary>
    public const string TitleWithEngine =
        "pro expire state       source             virtual            destination        pe name          pe_data\n";

    /// <summary>A line.</summary>
    public static string Row(ConnectionStatus connection)
    {
        var (minutes, seconds) = Math.DivRem(connection.ExpiresSeconds, 60);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{connection.Protocol,-3} {$"{minutes:00}:{seconds:00}",-6} {connection.State,-11} " +
            $"{connection.Client,-18} {connection.Virtual,-18} {connection.Server}\n");
    }
}
