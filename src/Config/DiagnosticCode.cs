namespace Director.Config;

/// <summary>
/// The stable names of the kinds of diagnostics, for scripts and documentation. <see cref="RuleCatalogue"/> has an entry for each.
/// </summary>
public static class DiagnosticCode
{
    /// <summary>A word that keepalived.conf(5) does not know at this place; it and its block are ignored.</summary>
    public const string UnknownKeyword = "unknown-keyword";

    /// <summary>A keyword or value of keepalived's that the director does not act on yet.</summary>
    public const string NotSupported = "not-supported";

    /// <summary>A keyword of keepalived's that is accepted and has nothing to do here; the message says why.</summary>
    public const string NotUsed = "not-used";

    /// <summary>A value that cannot be read or is out of range.</summary>
    public const string InvalidValue = "invalid-value";

    /// <summary>A keyword without the argument that it needs.</summary>
    public const string MissingArgument = "missing-argument";

    /// <summary>A block without a keyword that it needs, or that would better be said than left to its default.</summary>
    public const string MissingKeyword = "missing-keyword";

    /// <summary>Words after the last argument; they have no effect.</summary>
    public const string ExtraWords = "extra-words";

    /// <summary>A keyword given twice where once is meant; the later counts.</summary>
    public const string DuplicateKeyword = "duplicate-keyword";

    /// <summary>Two objects that claim the same name, address or number.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>A brace too many, too few or out of place.</summary>
    public const string Brace = "brace";

    /// <summary>A double quote that is not closed on its line.</summary>
    public const string UnterminatedQuote = "unterminated-quote";

    /// <summary>A NUL byte in a line.</summary>
    public const string NulByte = "nul-byte";

    /// <summary>A comment that begins inside what looks like a value.</summary>
    public const string CommentInValue = "comment-in-value";

    /// <summary>A file that is missing, unreadable, executable or too large.</summary>
    public const string Unreadable = "unreadable";

    /// <summary>An <c>include</c> line that matches no file.</summary>
    public const string IncludeNoMatch = "include-no-match";

    /// <summary>A file that includes itself.</summary>
    public const string IncludeCycle = "include-cycle";

    /// <summary>A definition, <c>~SEQ</c> or <c>~LST</c> that cannot be understood, or a name that is not replaced.</summary>
    public const string Definition = "definition";

    /// <summary>A bound of <see cref="ConfigLimits"/> was reached.</summary>
    public const string Limit = "limit";

    /// <summary>Settings that contradict each other; one of them has been changed or left out, as the message says.</summary>
    public const string Conflict = "conflict";

    /// <summary>Something that cannot work as it stands and has been left out.</summary>
    public const string Unused = "unused";

    /// <summary>A name of something that is not defined.</summary>
    public const string UnknownName = "unknown-name";

    /// <summary>Two blocks of one kind with one name.</summary>
    public const string DuplicateName = "duplicate-name";

    /// <summary>Two virtual servers for one address, port and protocol.</summary>
    public const string DuplicateVirtualServer = "duplicate-virtual-server";

    /// <summary>Two real servers of a virtual server at one address and port; the second is ignored.</summary>
    public const string DuplicateRealServer = "duplicate-real-server";

    /// <summary>Two virtual routers with one number on one network.</summary>
    public const string DuplicateVrid = "duplicate-vrid";

    /// <summary>A virtual address that is given twice.</summary>
    public const string DuplicateAddress = "duplicate-address";

    /// <summary>IPv4 and IPv6 where they cannot be mixed.</summary>
    public const string FamilyMismatch = "family-mismatch";

    /// <summary>A virtual router, or a group of virtual servers, without an address.</summary>
    public const string NoAddress = "no-address";

    /// <summary>A real server's port that its forwarding method cannot reach.</summary>
    public const string PortIgnored = "port-ignored";

    /// <summary>A virtual server for all ports without persistence, which then has it.</summary>
    public const string AllPortsPersistence = "all-ports-persistence";

    /// <summary>A virtual server that nobody serves; it is left out.</summary>
    public const string NoRealServer = "no-real-server";

    /// <summary>A quorum above the weights of all real servers, which is lowered.</summary>
    public const string QuorumUnreachable = "quorum-unreachable";

    /// <summary>A hysteresis that is not below the quorum, which is lowered.</summary>
    public const string HysteresisTooHigh = "hysteresis-too-high";

    /// <summary>A flag of another scheduler; it has no effect.</summary>
    public const string SchedulerFlag = "scheduler-flag";

    /// <summary>One-packet scheduling of another protocol than UDP; it has no effect.</summary>
    public const string OpsWithoutUdp = "ops-without-udp";

    /// <summary>A lower connection threshold above the upper one.</summary>
    public const string ThresholdOrder = "threshold-order";

    /// <summary>A persistence_timeout of 0, which is none.</summary>
    public const string PersistenceZero = "persistence-zero";

    /// <summary>A password of which only the first eight bytes count.</summary>
    public const string PasswordCut = "password-cut";

    /// <summary>A password where VRRP has none.</summary>
    public const string AuthenticationIgnored = "authentication-ignored";

    /// <summary>nopreempt where it cannot work; it has no effect.</summary>
    public const string NopreemptIgnored = "nopreempt-ignored";

    /// <summary>preempt_delay where it cannot work; it has no effect.</summary>
    public const string PreemptDelayIgnored = "preempt-delay-ignored";

    /// <summary>An interval that this version of VRRP cannot have; the nearest is used.</summary>
    public const string AdvertIntervalRounded = "advert-interval-rounded";

    /// <summary>Unicast that nobody is named for: adverts go by multicast.</summary>
    public const string UnicastWithoutPeer = "unicast-without-peer";

    /// <summary>What strict mode takes back.</summary>
    public const string StrictConflict = "strict-conflict";

    /// <summary>A sync group with one member.</summary>
    public const string SingleMember = "single-member";

    /// <summary>A tracker that nothing tracks; it is not looked at.</summary>
    public const string UnusedTracker = "unused-tracker";

    /// <summary>Mail that is asked for and cannot be sent.</summary>
    public const string MailWithoutServer = "mail-without-server";

    /// <summary>A command for a shell.</summary>
    public const string ShellCommand = "shell-command";

    /// <summary>An old spelling, or a keyword that does nothing any more.</summary>
    public const string Deprecated = "deprecated";

    /// <summary>Something that this program's parts cannot do.</summary>
    public const string Refused = "refused";

    /// <summary>A script that is not run on this host, or with which something is wrong.</summary>
    public const string ScriptProblem = "script-problem";

    /// <summary>Strict mode, in which the host does not answer on its virtual addresses.</summary>
    public const string StrictMode = "strict-mode";

    /// <summary>A weight that takes the priority beyond what there is.</summary>
    public const string WeightCut = "weight-cut";

    /// <summary>A weight in an instance that leaves a living master alone.</summary>
    public const string WeightWithNopreempt = "weight-with-nopreempt";

    /// <summary>A weight of a sync group's member, which does not count.</summary>
    public const string MemberWeightIgnored = "member-weight-ignored";

    /// <summary>A weight for the instance's own interface, which never counts.</summary>
    public const string OwnInterfaceWeight = "own-interface-weight";

    /// <summary>A script that may run for longer than its interval.</summary>
    public const string ScriptTimeout = "script-timeout";

    /// <summary>A virtual address that no host can have.</summary>
    public const string UnusableAddress = "unusable-address";

    /// <summary>Adverts from or to a virtual address.</summary>
    public const string AdvertByVirtualAddress = "advert-by-virtual-address";

    /// <summary>A machine that is its own unicast peer.</summary>
    public const string OwnAddressAsPeer = "own-address-as-peer";

    /// <summary>state MASTER without a priority, which is 255.</summary>
    public const string ImpliedOwner = "implied-owner";

    /// <summary>Members of a sync group with different priorities.</summary>
    public const string MemberPriorities = "member-priorities";

    /// <summary>A virtual server whose address no virtual router brings here.</summary>
    public const string ServiceWithoutVip = "service-without-vip";

    /// <summary>A virtual address that no virtual server is for.</summary>
    public const string VipWithoutService = "vip-without-service";

    /// <summary>A real server at a virtual address.</summary>
    public const string RealServerIsVip = "real-server-is-vip";

    /// <summary>A virtual server whose real servers all have weight 0.</summary>
    public const string NoWeight = "no-weight";

    /// <summary>A masqueraded server in the network of the virtual address.</summary>
    public const string NatSameSubnet = "nat-same-subnet";

    /// <summary>A scheduler's flag that keepalived ignores where it stands.</summary>
    public const string FlagBeforeScheduler = "flag-before-scheduler";

    /// <summary>Persistence of more than a day.</summary>
    public const string LongPersistence = "long-persistence";

    /// <summary>A virtual_server_group that no virtual server is for.</summary>
    public const string UnusedGroup = "unused-group";

    /// <summary>A file with the line ends of Windows.</summary>
    public const string CarriageReturn = "carriage-return";

    /// <summary>Scripts without enable_script_security.</summary>
    public const string ScriptSecurity = "script-security";

    /// <summary>Something that keepalived understands differently.</summary>
    public const string KeepalivedDiffers = "keepalived-differs";

    /// <summary>A real server without a check among others that have one.</summary>
    public const string UncheckedServer = "unchecked-server";

    /// <summary>A virtual router that the other machine has not.</summary>
    public const string PeerMissing = "peer-missing";

    /// <summary>Two machines that speak differently as one virtual router.</summary>
    public const string PeerDiffers = "peer-differs";

    /// <summary>Unicast that goes one way only.</summary>
    public const string PeerNotNamed = "peer-not-named";

    /// <summary>Two machines of the same priority.</summary>
    public const string PeerSamePriority = "peer-same-priority";

    /// <summary>state MASTER on both machines.</summary>
    public const string PeerBothMaster = "peer-both-master";

    /// <summary>A weight that is smaller than what the peer is behind.</summary>
    public const string WeightBelowGap = "weight-below-gap";

    /// <summary>Two real servers that are checked at one place.</summary>
    public const string SharedCheckTarget = "shared-check-target";

    /// <summary>A check whose attempts may take longer than there is between them.</summary>
    public const string TimeoutAbovePeriod = "timeout-above-period";
}
