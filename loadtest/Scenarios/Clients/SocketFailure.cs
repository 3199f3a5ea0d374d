using System.Net.Sockets;

namespace Director.LoadScenarios.Clients;

/// <summary>What a socket's error means to a user.</summary>
internal static class SocketFailure
{
    /// <summary>How a request ended that the socket refused.</summary>
    public static ResponseKind Kind(SocketError error, bool connected) => error switch
    {
        SocketError.ConnectionRefused when !connected => ResponseKind.Refused,
        SocketError.ConnectionRefused or SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown =>
            ResponseKind.Reset,
        SocketError.TimedOut => ResponseKind.TimedOut,
        _ => ResponseKind.Unreachable,
    };
}
