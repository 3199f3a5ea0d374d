namespace Director.Checks.Probes;

/// <summary>What is sent where nothing needs to be said (keepalived core/layer4.c, <c>set_buf</c>).</summary>
internal static class ProbeText
{
    /// <summary>Bytes of it that are sent.</summary>
    public const int UsualLength = 32;

    private const string Sentence = "keepalived check - ";

    /// <summary>The text, so many bytes of it.</summary>
    public static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++) bytes[i] = (byte)Sentence[i % Sentence.Length];
        return bytes;
    }
}
