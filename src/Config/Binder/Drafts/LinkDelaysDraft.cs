using Director.Config.Text;

namespace Director.Config.Binder;

/// <summary>A line of <c>interface_up_down_delays</c> in the making.</summary>
internal sealed class LinkDelaysDraft(Word word)
{
    /// <summary>The interface's name.</summary>
    public Word Word => word;

    public TimeSpan Down { get; set; }

    public TimeSpan Up { get; set; }
}
