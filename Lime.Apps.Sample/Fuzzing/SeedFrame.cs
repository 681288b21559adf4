using Lime.Apps.Sample.Decoding.Messages;
using Lime.Apps.Sample.Decoding.Numbers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;

namespace Lime.Apps.Sample.Fuzzing;

/// <summary>A frame that is known to be good.</summary>
/// <param name="Name">Version and type, for example <c>1.3 MULTIPART_REPLY FLOW</c>.</param>
/// <param name="Bytes">The frame.</param>
internal sealed record SeedFrame(string Name, byte[] Bytes)
{
    /// <summary>A frame named by its header.</summary>
    public static SeedFrame Of(ReadOnlySpan<byte> frame)
    {
        FrameHeader header = FrameHeader.Read(frame);
        string version = IdentifierNames.Version.NameOf(header.Version) ?? $"0x{header.Version:x2}";
        MessageKind kind = Codecs.Find(header.Version)?.KindOf(header.Type) ?? MessageKind.Unknown;
        return new($"{version} {MessageNames.Kind.NameOf((ulong)kind) ?? $"type {header.Type}"}", frame.ToArray());
    }
}
