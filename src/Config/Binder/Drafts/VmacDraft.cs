using Director.Config.Text;
using Director.Net;

namespace Director.Config.Binder;

/// <summary><c>use_vmac</c> in the making.</summary>
internal sealed class VmacDraft
{
    /// <summary>The keyword; null if it does not stand there.</summary>
    public Word? Word { get; set; }

    public string? Name { get; set; }

    public MacAddress? Mac { get; set; }

    /// <summary><c>vmac_xmit_base</c>; null if it does not stand there.</summary>
    public Word? OnParent { get; set; }

    /// <summary>The group of interfaces that it belongs to, as ip-link(8) shows it; 0 for none.</summary>
    public uint Group { get; set; }

    /// <summary>Whether addresses that do not go to its interface go to further ones of its kind (<c>use_vmac_addr</c>).</summary>
    public bool IsForAllAddresses { get; set; }
}
