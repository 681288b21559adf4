using Lime.OpenFlow;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;

namespace Lime.Apps.Sample.Decoding.Messages;

/// <summary>A message and what its header says beside its type and length.</summary>
/// <param name="Version">The header's first byte.</param>
/// <param name="Xid">The header's transaction id.</param>
/// <param name="Message">What the frame says.</param>
internal sealed record Envelope(byte Version, Xid Xid, AnyMessage Message)
{
    /// <summary>Hello is 0 and error 1 in every version.</summary>
    private const byte LastTypeOfEveryVersion = 1;

    /// <summary>Reads a whole frame.</summary>
    /// <exception cref="OpenFlowProtocolException">It is malformed, or of a version that isn't known.</exception>
    public static Envelope Read(ReadOnlySpan<byte> frame)
    {
        FrameHeader header = FrameHeader.Read(frame);
        OpenFlowCodec codec = CodecFor(header.Version, header.Type <= LastTypeOfEveryVersion)
            ?? throw new OpenFlowProtocolException(ErrorType.BadRequest, ErrorCodes.BadVersion,
                $"ofp_header.version at byte 0 is 0x{header.Version:x2}; known are {Codecs.KnownVersions}.");
        return new Envelope(header.Version, header.Xid, AnyMessage.Read(codec, frame));
    }

    /// <summary>The whole frame.</summary>
    /// <exception cref="UnsupportedByVersionException">The version can't say it.</exception>
    /// <exception cref="ArgumentException">It would be over 65,535 bytes, or its version isn't known.</exception>
    public byte[] ToFrame()
    {
        OpenFlowCodec codec = CodecFor(Version, Message.Kind is MessageKind.Hello or MessageKind.Error)
            ?? throw new ArgumentException(
                $"wire version 0x{Version:x2} isn't known; known are {Codecs.KnownVersions}");
        byte[] frame = Message.ToFrame(codec, Xid);
        frame[0] = Version;
        return frame;
    }

    /// <summary>A hello, and the error that answers it, have the same form in every version; a peer may offer one that
    /// isn't known.</summary>
    private static OpenFlowCodec? CodecFor(byte version, bool isOfEveryVersion) =>
        Codecs.Find(version) ?? (isOfEveryVersion ? Codecs.Newest : null);
}
