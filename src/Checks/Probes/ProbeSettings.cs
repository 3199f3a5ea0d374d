namespace Director.Checks.Probes;

/// <summary>What a probe tries, and how; one derived record for each kind of probe.</summary>
public abstract record ProbeSettings
{
    /// <summary>Whether nothing is tried, but what happens is told (<see cref="CheckRunner.Tell"/>).</summary>
    public virtual bool IsTold => false;
}
