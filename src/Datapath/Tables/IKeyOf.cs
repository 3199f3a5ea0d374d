using System.Runtime.CompilerServices;

namespace Director.Datapath.Tables;

/// <summary>One of the keys that a connection is found by; a type argument, so that the comparison is compiled in place.</summary>
internal interface IKeyOf
{
    /// <summary>Whether <paramref name="connection"/> has that key.</summary>
    static abstract bool Matches(in Connection connection, in ConnectionKey key);
}

/// <summary>The key of the client's packets.</summary>
internal readonly struct KeyOfRequests : IKeyOf
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Matches(in Connection connection, in ConnectionKey key) => connection.Key.Matches(key);
}

/// <summary>The key of the server's, if it is masqueraded.</summary>
internal readonly struct KeyOfAnswers : IKeyOf
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Matches(in Connection connection, in ConnectionKey key) => connection.AnswerKey.Matches(key);
}
