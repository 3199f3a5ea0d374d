using Director.Bfd;
using Director.Bfd.Ports;
using Director.Bfd.Wire;
using Director.Net;

namespace Director.VrrpProcess;

/// <summary>
/// Compiles what BFD will run before it runs it: a session lives through its states on a link that goes nowhere, so that no packet waits
/// for the compiler until its neighbour thinks us dead.
/// </summary>
internal sealed class BfdRehearsal : IBfdLink, IBfdObserver, IMonoClock
{
    private static readonly BfdSettings Settings = new()
    {
        Name = "rehearsal",
        Neighbor = IpAddress128.FromV4(0xc000_0202),
    };

    private readonly byte[] _packet = new byte[BfdHeader.Size];
    private bool _hasPacket;

    private BfdRehearsal()
    {
    }

    /// <inheritdoc/>
    public MonoTime Now { get; private set; } = MonoTime.Zero + TimeSpan.FromSeconds(1);

    /// <summary>Takes some milliseconds.</summary>
    public static void Run() => new BfdRehearsal().Play();

    /// <inheritdoc/>
    public int Open(BfdSettings settings) => 0;

    /// <inheritdoc/>
    public void Close(int endpoint)
    {
    }

    /// <inheritdoc/>
    public bool Send(int endpoint, ReadOnlySpan<byte> packet) => true;

    /// <inheritdoc/>
    public bool Receive(ReceivedPackets packets)
    {
        if (!_hasPacket) return true;
        _hasPacket = false;
        _packet.CopyTo(packets.Free);
        packets.Append(_packet.Length, new(Settings.Neighbor, IpAddress128.FromV4(0xc000_0201), BfdSettings.FullHopLimit, false));
        return true;
    }

    /// <inheritdoc/>
    public void StateChanged(BfdSession session, in BfdEffect report) => BfdLines.Of(session);

    /// <inheritdoc/>
    public void Rejected(BfdSession session, BfdRejection reason, IpAddress128 source) => BfdLines.Of(session, reason, source);

    /// <inheritdoc/>
    public void SendFailed(BfdSession session) => BfdLines.OfFailure(session);

    private void Play()
    {
        var runner = new BfdRunner(this, this, this, 1);
        runner.Configure([Settings]);
        var session = runner.Sessions[0];
        Hear(runner, BfdState.Down, 0);
        Hear(runner, BfdState.Up, session.LocalDiscriminator);
        Step(runner);
        runner.Configure([Settings with { MinTx = TimeSpan.FromSeconds(1) }]);
        Hear(runner, BfdState.Up, session.LocalDiscriminator);
        for (var i = 0; i < 16 && session.State == BfdState.Up; i++) Step(runner);
        runner.Shutdown();
    }

    private void Step(BfdRunner runner)
    {
        Now = runner.NextDeadline;
        runner.Turn();
    }

    private void Hear(BfdRunner runner, BfdState state, uint yourDiscriminator)
    {
        new BfdControl
        {
            State = state,
            IsPoll = true,
            IsFinal = true,
            DetectMultiplier = 3,
            MyDiscriminator = 1,
            YourDiscriminator = yourDiscriminator,
            DesiredMinTxMicroseconds = 1000,
            RequiredMinRxMicroseconds = 1000,
        }.WriteTo(_packet);
        _hasPacket = true;
        runner.Turn();
    }
}
