namespace Director.Config;

/// <summary>What shows only where the files of two machines are held against each other: <see cref="PeerLinter"/>.</summary>
internal static class PeerRules
{
    public static readonly IReadOnlyList<LintRule> All =
    [
        new(DiagnosticCode.PeerMissing, Severity.Warning, "The other machine has no such virtual router.",
            "Nobody takes over: there is no instance with this virtual_router_id and family in the file of the peer.",
            "give both files the same virtual_router_id"),
        new(DiagnosticCode.PeerDiffers, Severity.Warning, "Two machines speak differently as one virtual router.",
            "Adverts of another version, interval or password are not believed, so both machines are master. With other addresses an "
            + "address goes away at a failover, and keepalived up to 2.2 does not believe such adverts either.",
            "write the same on both machines"),
        new(DiagnosticCode.PeerNotNamed, Severity.Warning, "Unicast goes one way only.",
            "A machine that is not in the other's unicast_peer hears no advert and becomes master as well.",
            "name each machine in the unicast_peer of the other, by the unicast_src_ip that it has there"),
        new(DiagnosticCode.PeerSamePriority, Severity.Warning, "Two machines have the same priority.",
            "Which of them is master depends on their addresses and on who was there first.",
            "give the machine that is to be master a higher priority"),
        new(DiagnosticCode.PeerBothMaster, Severity.Hint, "Both machines say state MASTER.",
            "It is only what a machine expects at its start; the priorities decide. Both take the addresses for a moment whenever they "
            + "start together.",
            "write state BACKUP on one machine, or on both"),
        new(DiagnosticCode.WeightBelowGap, Severity.Warning, "A weight is smaller than what the peer is behind.",
            "When what is tracked fails, this machine has no lower priority than the other and stays master: nothing fails over.",
            "write a greater weight, or move the priorities together"),
    ];
}
