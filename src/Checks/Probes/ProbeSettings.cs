namespace Director.Checks.Probes;

/// <summary>What a probe tries, and how; one derived record for each kind of probe.</summary>
public abstract record ProbeSettings;
