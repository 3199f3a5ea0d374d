using Director.Net;

namespace Director.Vrrp;

/// <summary>
/// Tells another master that stays from one that is about to yield, which is heard once or twice in any change of masters. Pure; one
/// thread.
/// </summary>
internal sealed class RivalWatch
{
    private MonoTime _heardAt = MonoTime.Zero;
    private RivalMaster _rival;

    /// <summary>
    /// A peer whose adverts are ignored is not about to yield, and need not be heard again: keepalived, which puts its own advert off
    /// whenever it hears one, falls silent beside a faster master that it ignores too. A stranger to unicast may be nobody's master.
    /// </summary>
    private bool IsTold => _rival.Adverts >= VrrpLimits.RivalAdverts
        || (_rival.Adverts > 0 && _rival.Ignored is not (AdvertisementRejection.None or AdvertisementRejection.Source));

    /// <summary>
    /// Counts an advert that a master heard from somebody else; <paramref name="silence"/> after the last one they are counted anew.
    /// Returns whether there have been so many that it must be told.
    /// </summary>
    public bool Hear(IpAddress128 source, AdvertisementRejection ignored, MonoTime now, TimeSpan silence)
    {
        var adverts = now - _heardAt > silence ? 1 : _rival.Adverts + 1;
        _heardAt = now;
        _rival = new(source, source == _rival.Source ? _rival.Mac : null, ignored, adverts);
        return IsTold;
    }

    /// <summary>Says where its adverts come from; null leaves what is known.</summary>
    public void Locate(MacAddress? mac) => _rival = _rival with { Mac = mac ?? _rival.Mac };

    /// <summary>The other master, unless it has been silent for so long, or was about to yield.</summary>
    public RivalMaster? Current(MonoTime now, TimeSpan silence) =>
        IsTold && now - _heardAt <= silence ? _rival : null;

    /// <summary>Starts anew.</summary>
    public void Forget() => (_heardAt, _rival) = (MonoTime.Zero, default);
}
