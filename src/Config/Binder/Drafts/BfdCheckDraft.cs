using Director.Config.Syntax;
using Director.Config.Text;

namespace Director.Config.Binder;

/// <summary>A <c>BFD_CHECK</c> in the making; null is what was not written.</summary>
internal sealed class BfdCheckDraft(Statement header)
{
    public Statement Header => header;

    /// <summary>The name of a <c>bfd_instance</c>.</summary>
    public Word? Name { get; set; }

    public bool? Alpha { get; set; }
}
