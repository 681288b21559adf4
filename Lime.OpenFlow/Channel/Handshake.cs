using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Lime.OpenFlow.Wire;

namespace Lime.OpenFlow.Channel;

/// <summary>Hello both ways, then, as a controller, features and (1.3) ports; what arrives in between is
/// kept.</summary>
/// <remarks>Life cycle: <see cref="Begin"/>, then a call of <see cref="Take"/> a frame until the channel
/// is ready. Threading: the owner loop only.</remarks>
internal sealed class Handshake
{
    /// <summary>Bytes in front of an error's own: the header, type and code.</summary>
    private const int ErrorHeaderBytes = FrameHeader.SizeBytes + 4;

    private readonly OpenFlowChannel _channel;
    private readonly ChannelContext _context;
    private readonly FrameRefusal _refusal;
    private readonly ChannelTally _tally;
    private readonly ChannelClock _clock;
    private readonly DeadlineTimer _timer;
    private long _deadlineTicks;
    private KeptFrames? _kept;
    private Xid _featuresXid;
    private PortGathering? _ports;

    public Handshake(OpenFlowChannel channel, ChannelContext context, ChannelParts parts)
    {
        _channel = channel;
        _context = context;
        _refusal = parts.Refusal;
        _tally = parts.Tally;
        _clock = parts.Clock;
        _timer = new DeadlineTimer(_clock, CheckTimeout);
    }

    /// <summary>Writes what has to be written before a version is negotiated.</summary>
    public OpenFlowCodec EarlyCodec => OpenFlowCodecs.For(_context.Options.Versions.Min());

    public void Begin()
    {
        _deadlineTicks = _clock.NowTicks + _context.Options.HandshakeTimeout.Ticks;
        _timer.ArmAt(_deadlineTicks);
        HelloMessage hello = HelloVersions.Offer(_context.Options.Versions);
        _channel.SendOwn(OpenFlowCodecs.For(_context.Options.Versions.Max()), _channel.NextXid(), hello);
    }

    /// <summary>Whether a peer that begins like this cannot be speaking OpenFlow to us; looked at as soon
    /// as a header is there, since garbage's length field may promise bytes that never come.</summary>
    public bool IsHopeless(ReadOnlySpan<byte> header) => _channel.Codec is null
        && FrameFields.TypeOf(header) is not (FrameFields.HelloType or FrameFields.ErrorType)
        && !_context.Options.Versions.Contains((OpenFlowVersion)FrameFields.VersionOf(header));

    public void FailHopeless(ReadOnlySpan<byte> header) => RefuseHello(
        FrameFields.XidOf(header),
        $"The peer does not begin with a hello: version 0x{header[0]:x2}, type {header[1]}.");

    public void Take(ReadOnlySpan<byte> frame)
    {
        switch (FrameFields.TypeOf(frame))
        {
            case FrameFields.HelloType:
                TakeHello(frame);
                return;
            case FrameFields.ErrorType when IsRefusal(frame):
                _channel.Close(ChannelCloseReason.HandshakeFailed, $"The peer refused: {TextOf(frame)}");
                return;
        }
        if (_channel.Codec is { } codec) TakeEarly(codec, frame);
        else Keep(frame, isPacket: false);
    }

    /// <summary>Hands over what was kept; the handshake is done.</summary>
    public ReadOnlySpan<byte> End()
    {
        _timer.Stop();
        KeptFrames? kept = _kept;
        _kept = null;
        return kept is null ? [] : kept.Bytes;
    }

    public void Stop() => _timer.Stop();

    private void TakeHello(ReadOnlySpan<byte> frame)
    {
        if (_channel.Codec is not null) return;
        // No codec reads it: which one it would have to be is what the hello is about.
        var hello = new HelloMessage(FrameFields.VersionOf(frame), [.. frame[FrameHeader.SizeBytes..]]);
        if (HelloVersions.Choose(_context.Options.Versions, hello) is { } version) Agree(version);
        else RefuseHello(FrameFields.XidOf(frame), HelloVersions.Explain(_context.Options.Versions, hello));
    }

    private void Agree(OpenFlowVersion version)
    {
        OpenFlowCodec codec = OpenFlowCodecs.For(version);
        _channel.SetCodec(codec);
        if (_context.Role == ChannelRole.Switch)
        {
            _channel.BecomeReady(null, null);
            return;
        }
        _featuresXid = _channel.NextXid();
        _channel.SendOwn(codec, _featuresXid, new FeaturesRequest());
    }

    private void TakeEarly(OpenFlowCodec codec, ReadOnlySpan<byte> frame)
    {
        if (FrameFields.VersionOf(frame) != (byte)codec.Version)
        {
            _refusal.RefuseVersion(codec, frame);
            return;
        }
        MessageKind kind = codec.KindOf(FrameFields.TypeOf(frame));
        if (IsPortAnswer(kind, frame)) TakePorts(codec, frame);
        else if (kind is MessageKind.FeaturesReply or MessageKind.EchoRequest) TakeOwn(codec, frame);
        else if (kind != MessageKind.EchoReply) Keep(frame, kind == MessageKind.PacketIn);
    }

    private bool IsPortAnswer(MessageKind kind, ReadOnlySpan<byte> frame) => _ports is { } ports
        && FrameFields.XidOf(frame) == ports.Xid
        && kind is MessageKind.MultipartReply or MessageKind.Error;

    /// <summary>A part of the port description, or a refusal. A switch that cannot tell its ports is a switch all
    /// the same.</summary>
    private void TakePorts(OpenFlowCodec codec, ReadOnlySpan<byte> frame)
    {
        PortGathering ports = _ports!;
        string? missing = null;
        try
        {
            switch (codec.ReadMessage(frame))
            {
                case PortDescriptionReply part when !ports.Take(part) && !ports.IsOverdone:
                    return;
                case PortDescriptionReply when ports.IsOverdone:
                    missing = $"it described more than {PortGathering.PortsMax} ports";
                    break;
                case PortDescriptionReply:
                    break;
                case ErrorMessage error:
                    missing = $"it refused the port description request: {error.Type}, code {error.Code}";
                    break;
                case MultipartReply other:
                    missing = $"it answered the port description request with {other.Type}";
                    break;
            }
        }
        catch (OpenFlowProtocolException exception)
        {
            _refusal.Refuse(codec, frame, exception);
            missing = $"its port description is malformed: {exception.Message}";
        }
        _channel.BecomeReady(ports.Features, missing);
    }

    private void TakeOwn(OpenFlowCodec codec, ReadOnlySpan<byte> frame)
    {
        OpenFlowMessage message;
        try
        {
            message = codec.ReadMessage(frame);
        }
        catch (OpenFlowProtocolException exception)
        {
            _refusal.Refuse(codec, frame, exception);
            if (codec.KindOf(FrameFields.TypeOf(frame)) == MessageKind.FeaturesReply)
                _channel.Close(ChannelCloseReason.HandshakeFailed, exception.Message);
            return;
        }
        if (message is FeaturesReply features) TakeFeatures(codec, features);
        else if (message is EchoRequest echo)
            _channel.SendOwn(codec, FrameFields.XidOf(frame), new EchoReply(echo.Bytes));
    }

    /// <summary>From 1.3 on the ports come apart (1.3.5 section 7.3.1); an auxiliary connection has none of its
    /// own.</summary>
    private void TakeFeatures(OpenFlowCodec codec, FeaturesReply features)
    {
        if (_ports is not null) return;
        if (codec.Version < OpenFlowVersion.V13 || features.AuxiliaryId != 0)
        {
            _channel.BecomeReady(features, null);
            return;
        }
        _ports = new PortGathering(features, _channel.NextXid());
        _channel.SendOwn(codec, _ports.Xid, new PortDescriptionRequest());
    }

    private void Keep(ReadOnlySpan<byte> frame, bool isPacket)
    {
        _kept ??= new KeptFrames();
        if (!_kept.TryKeep(frame, isPacket)) _tally.DroppedInHandshake();
    }

    /// <summary>HELLO_FAILED in any version, or an error in answer to our features request.</summary>
    private bool IsRefusal(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < ErrorHeaderBytes) return false;
        bool isHelloFailed = BinaryPrimitives.ReadUInt16BigEndian(frame[FrameHeader.SizeBytes..])
            == (ushort)ErrorType.HelloFailed;
        return isHelloFailed || (_channel.Codec is not null && FrameFields.XidOf(frame) == _featuresXid);
    }

    private static string TextOf(ReadOnlySpan<byte> error)
    {
        StringBuilder text = new();
        foreach (byte value in error[ErrorHeaderBytes..])
        {
            if (value is >= 0x20 and < 0x7f) text.Append((char)value);
        }
        return text.Length == 0 ? "(no text)" : text.ToString();
    }

    private void RefuseHello(Xid xid, string text)
    {
        ImmutableArray<byte> bytes = [.. Encoding.ASCII.GetBytes(text)];
        _channel.SendOwn(
            EarlyCodec,
            xid,
            new ErrorMessage(ErrorType.HelloFailed, ErrorCodes.HelloIncompatible, bytes));
        _channel.Close(ChannelCloseReason.HandshakeFailed, text);
    }

    private long CheckTimeout()
    {
        if (_clock.NowTicks <= _deadlineTicks) return _deadlineTicks;
        string missing = _channel.Codec is null ? "hello"
            : _ports is null ? "features reply"
            : "port description";
        _channel.Close(
            ChannelCloseReason.HandshakeFailed,
            $"No {missing} within {_context.Options.HandshakeTimeout}.");
        return DeadlineTimer.Never;
    }
}
