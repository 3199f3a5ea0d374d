namespace Director.Datapath.Offload;

/// <summary>Whose a slot is; what the XDP program need not know of it.</summary>
internal struct FlowHolder
{
    /// <summary>The worker's number and one; 0 if the slot is nobody's.</summary>
    public int Worker;

    /// <summary>While a closed slot waits for its last counts: the one behind it in its worker's list, and one; 0 of the last.</summary>
    public uint Next;
}
