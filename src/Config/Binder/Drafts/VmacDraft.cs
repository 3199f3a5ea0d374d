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

    public bool AdvertisesOnParent { get; set; }
}
