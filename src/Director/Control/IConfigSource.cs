using Director.Config;

namespace Director.Control;

/// <summary>Where the configuration comes from.</summary>
internal interface IConfigSource
{
    /// <summary>The file, as the operator named it.</summary>
    string Path { get; }

    /// <summary>When what is in force was taken, UTC.</summary>
    DateTimeOffset TakenAt { get; }

    /// <summary>Reads it whole, without taking it into force.</summary>
    ConfigResult Read();

    /// <summary>Notes that what was read last is in force now.</summary>
    void TakeInForce();
}
