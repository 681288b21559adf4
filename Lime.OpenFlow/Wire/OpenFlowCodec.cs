using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.OpenFlow.Wire;

/// <summary>Turns the version-neutral messages into one version's bytes and back; the seam between
/// versions.</summary>
/// <remarks>
/// Threading: a codec has no state; any thread may use it. A frame is one whole message, header
/// included, whose length
/// field agrees with its size; the header's version is the codec's (hello excepted).
/// The Read methods throw <see cref="OpenFlowProtocolException"/> for malformed bytes and nothing else.
/// The SizeOf and
/// Write methods throw <see cref="UnsupportedByVersionException"/> for what the version cannot say,
/// before a byte is
/// written, and <see cref="ArgumentException"/> for a message over 65,535 bytes.
/// </remarks>
public abstract class OpenFlowCodec
{
    /// <summary>The version that the codec speaks.</summary>
    public abstract OpenFlowVersion Version { get; }

    /// <summary>How flow-mods behave in this version.</summary>
    public abstract TableSemantics Semantics { get; }

    /// <summary>What the header's type byte means; <see cref="MessageKind.Unknown"/> if nothing.</summary>
    public abstract MessageKind KindOf(byte wireType);

    /// <summary>Reads a packet-in; its data is a view of <paramref name="frame"/>.</summary>
    public abstract PacketIn ReadPacketIn(ReadOnlySpan<byte> frame);

    /// <summary>Reads a packet-out; its data is a view of <paramref name="frame"/>.</summary>
    public abstract PacketOut ReadPacketOut(ReadOnlySpan<byte> frame);

    /// <summary>Reads a flow-mod.</summary>
    public abstract FlowMod ReadFlowMod(ReadOnlySpan<byte> frame);

    /// <summary>Reads any message but packet-in, packet-out and flow-mod.</summary>
    /// <exception cref="OpenFlowProtocolException">Malformed, or of a type unknown to the version
    /// (BAD_REQUEST,
    /// BAD_TYPE).</exception>
    public abstract OpenFlowMessage ReadMessage(ReadOnlySpan<byte> frame);

    /// <summary>The frame's size in bytes.</summary>
    public abstract int SizeOf(in PacketIn message);

    /// <summary>The frame's size in bytes.</summary>
    public abstract int SizeOf(in PacketOut message);

    /// <summary>The frame's size in bytes.</summary>
    public abstract int SizeOf(in FlowMod message);

    /// <summary>The frame's size in bytes.</summary>
    public abstract int SizeOf(OpenFlowMessage message);

    /// <summary>Writes the whole frame to the front of <paramref name="frame"/>, which has room for its
    /// size.</summary>
    /// <returns>The bytes written.</returns>
    public abstract int Write(Span<byte> frame, Xid xid, in PacketIn message);

    /// <summary>Writes the whole frame to the front of <paramref name="frame"/>, which has room for its
    /// size.</summary>
    /// <returns>The bytes written.</returns>
    public abstract int Write(Span<byte> frame, Xid xid, in PacketOut message);

    /// <summary>Writes the whole frame to the front of <paramref name="frame"/>, which has room for its
    /// size.</summary>
    /// <returns>The bytes written.</returns>
    public abstract int Write(Span<byte> frame, Xid xid, in FlowMod message);

    /// <summary>Writes the whole frame to the front of <paramref name="frame"/>, which has room for its
    /// size.</summary>
    /// <returns>The bytes written.</returns>
    public abstract int Write(Span<byte> frame, Xid xid, OpenFlowMessage message);

    /// <summary>As <see cref="Write(Span{byte}, Xid, in FlowMod)"/>, where the message has been checked by
    /// <see cref="SizeOf(in FlowMod)"/>: the packet path checks it once; and with flags besides its own, which the
    /// version has.</summary>
    internal virtual int Write(
        Span<byte> frame, Xid xid, in FlowMod message, int sizeBytes, FlowModFlags flags)
    {
        int bytes = Write(frame, xid, message);
        TrySetFlags(frame, flags);
        return bytes;
    }

    /// <summary>Writes other flags into the front of a flow-mod's frame, such as an error quotes.</summary>
    /// <param name="front">The frame's first bytes, its header at least.</param>
    /// <param name="flags">The flags.</param>
    /// <returns>False if it is no flow-mod of this version, or ends before its flags; then nothing is
    /// written.</returns>
    public abstract bool TrySetFlags(Span<byte> front, FlowModFlags flags);

    /// <summary>What a rule needs that a switch does not list among its abilities.</summary>
    /// <param name="flowMod">The rule.</param>
    /// <param name="features">What the switch says of itself (1.0: its actions).</param>
    /// <param name="table">What it says of the rule's table (1.3: fields, instructions, actions); null:
    /// nothing.</param>
    /// <returns>The first of it by the specification's name, as "OFPAT_ENQUEUE"; null if all is listed, or the switch
    /// gives no list. Experimenters' things are never missed.</returns>
    public abstract string? FindUnlisted(in FlowMod flowMod, FeaturesReply features, TableFeatures? table);

    /// <summary>The size in bytes of the frame that adds a flow-mod to a bundle; refused by versions without
    /// bundles.</summary>
    public virtual int SizeOfBundled(in FlowMod message) =>
        throw new UnsupportedByVersionException(Version, "BundleAdd");

    /// <summary>Writes the whole frame that adds a flow-mod to a bundle: the same bytes as a <see cref="BundleAdd"/>
    /// with the flow-mod's frame in it.</summary>
    /// <returns>The bytes written.</returns>
    public virtual int WriteBundled(
        Span<byte> frame, Xid xid, in FlowMod message, BundleId bundle, BundleFlags flags) =>
        throw new UnsupportedByVersionException(Version, "BundleAdd");
}
