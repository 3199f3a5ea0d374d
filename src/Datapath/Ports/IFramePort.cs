namespace Director.Datapath.Ports;

/// <summary>
/// Where one worker's frames come from and go to: one RX queue of each device that it serves. All calls are from the worker's own
/// thread, but for <see cref="Wake"/>. Calls are per batch, never per frame.
/// </summary>
public interface IFramePort : IDisposable
{
    /// <summary>
    /// Fills <paramref name="batch"/>, which is empty, with frames that have arrived, and returns their number; 0 if there are none.
    /// Never blocks. The port also takes back what the kernel is done with.
    /// </summary>
    int Receive(FrameBatch batch);

    /// <summary>
    /// Settles every frame of <paramref name="batch"/> by its verdict and empties it. What cannot be sent (a full ring, a device that
    /// is down) is dropped and counted; no frame is lost from the port's memory.
    /// </summary>
    void Commit(FrameBatch batch);

    /// <summary>
    /// Sleeps until a frame arrives, <see cref="Wake"/> is called or <paramref name="timeout"/> passes. May return early.
    /// </summary>
    void Wait(TimeSpan timeout);

    /// <summary>Ends a <see cref="Wait"/> in progress, or the next one. Any thread.</summary>
    void Wake();
}
