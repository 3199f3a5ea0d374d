namespace Director.Datapath.Tables;

/// <summary>Where the first fragment of a datagram went.</summary>
/// <param name="Server">Number of its connection's server; 0 if it went to the host.</param>
/// <param name="AnswerTail">Its connection's <see cref="Connection.AnswerTail"/>: 0 if addresses stay.</param>
/// <param name="Hop">Of an answer, the station that it went to.</param>
internal readonly record struct FragmentWay(int Server, ulong AnswerTail, LastHop Hop);
