using Lime.OpenFlow;
using Lime.OpenFlow.Wire;

namespace Lime.Apps.Sample.Decoding.Messages;

/// <summary>The library's codecs by the header's version byte.</summary>
internal static class Codecs
{
    public const string KnownVersions = "0x01 (OpenFlow 1.0) and 0x04 (OpenFlow 1.3)";

    /// <summary>The codec of the newest version.</summary>
    public static OpenFlowCodec Newest { get; } = OpenFlowCodecs.V13;

    /// <summary>The codec of a wire version; null if the library has none.</summary>
    public static OpenFlowCodec? Find(byte version) =>
        Enum.IsDefined((OpenFlowVersion)version) ? OpenFlowCodecs.For((OpenFlowVersion)version) : null;
}
