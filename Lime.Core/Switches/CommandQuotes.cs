using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;

namespace Lime.Core.Switches;

/// <summary>The first bytes of an app's latest commands as the app gave them, which an error has to quote (1.3.5
/// section
/// 7.4.4) whatever they became on their way to a switch (H-21).</summary>
/// <remarks>Commands that go out as they came are not in it, so the packet path does without. Bound: the last <see
/// cref="RememberedMax"/> commands; memory is taken with the first one. Threading: the owner loop's.</remarks>
internal sealed class CommandQuotes
{
    /// <summary>More than are under way: a switch answers within a round trip.</summary>
    private const int RememberedMax = 1024;

    /// <summary>What an error quotes at least.</summary>
    private const int QuoteBytes = 64;

    private (Xid Xid, int Bytes)[] _heads = [];
    private byte[] _quotes = [];
    private byte[] _scratch = [];

    public void Remember(OpenFlowCodec codec, Xid appXid, in FlowMod flowMod)
    {
        Span<byte> frame = Scratch(codec.SizeOf(flowMod));
        codec.Write(frame, appXid, flowMod);
        Keep(appXid, frame);
    }

    public void Remember(OpenFlowCodec codec, Xid appXid, in PacketOut packetOut)
    {
        Span<byte> frame = Scratch(codec.SizeOf(packetOut));
        codec.Write(frame, appXid, packetOut);
        Keep(appXid, frame);
    }

    public void Remember(OpenFlowCodec codec, Xid appXid, OpenFlowMessage command)
    {
        Span<byte> frame = Scratch(codec.SizeOf(command));
        codec.Write(frame, appXid, command);
        Keep(appXid, frame);
    }

    /// <summary>The quote of a command, or null if it went out as it came, or too long ago.</summary>
    public ImmutableArray<byte>? Find(Xid appXid)
    {
        if (_heads.Length == 0) return null;
        int slot = Slot(appXid);
        (Xid xid, int bytes) = _heads[slot];
        return bytes > 0 && xid == appXid ? [.. _quotes.AsSpan(slot * QuoteBytes, bytes)] : null;
    }

    private void Keep(Xid appXid, ReadOnlySpan<byte> frame)
    {
        if (_heads.Length == 0)
        {
            _heads = new (Xid, int)[RememberedMax];
            _quotes = new byte[RememberedMax * QuoteBytes];
        }
        int slot = Slot(appXid);
        ReadOnlySpan<byte> front = frame[..Math.Min(frame.Length, QuoteBytes)];
        front.CopyTo(_quotes.AsSpan(slot * QuoteBytes));
        _heads[slot] = (appXid, front.Length);
    }

    private Span<byte> Scratch(int bytes)
    {
        if (_scratch.Length < bytes) _scratch = new byte[Math.Max(bytes, 256)];
        return _scratch.AsSpan(0, bytes);
    }

    private static int Slot(Xid xid) => (int)(xid.Value % RememberedMax);
}
