using System.Text;

namespace Director.Config.Binder;

/// <summary>The name of an interface as Linux allows it (net/core/dev.c, dev_valid_name), or a label, which has the same bounds.</summary>
internal sealed class InterfaceArgument : Argument<string>
{
    public override string Expected => "the name of an interface";

    public override bool IsFreeText => true;

    public override bool TryParse(string text, out string value, out Rejection rejection)
    {
        value = text;
        var isName = text is not ("" or "." or "..")
            && !text.Any(character => character == '/' || char.IsWhiteSpace(character) || char.IsControl(character));
        var isShort = Encoding.UTF8.GetByteCount(text) <= ConfigLimits.MaxInterfaceNameBytes;
        rejection = new(isName
            ? $"is longer than the {ConfigLimits.MaxInterfaceNameBytes} bytes of an interface name"
            : "cannot be the name of an interface");
        return isName && isShort;
    }
}
