using System.Buffers.Binary;
using Lime.Core.Emulation.Tables;
using Lime.OpenFlow;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;

namespace Lime.Core.Emulation.Control;

/// <summary>The bundles of a connection (OpenFlow 1.4.0 section 6.8, in 1.3 by ONF extension 230).</summary>
/// <remarks>Threading: the loop's. Bounded in bundles and in messages. A bundle is carried out in the order of its
/// messages, in one turn of the loop, so that no packet sees a part of it, whatever its flags ask.</remarks>
internal sealed class Bundles(SwitchCommands commands, ChangeJournal journal, SwitchOutbox outbox)
{
    private const int BundlesMax = 64;
    private const int MessagesMax = 1_000_000;
    private const BundleFlags KnownFlags = BundleFlags.Atomic | BundleFlags.Ordered;

    private readonly Dictionary<BundleId, Bundle> _bundles = [];

    public void Clear() => _bundles.Clear();

    /// <summary>How many flow-mods a message does.</summary>
    public int FlowModsOf(ControlMessage message)
    {
        if (message is QueuedFlowMod) return 1;
        bool isCommit = message is QueuedMessage { Message: BundleControl { Type: BundleControlType.CommitRequest } };
        if (!isCommit) return 0;
        var control = (BundleControl)((QueuedMessage)message).Message;
        return _bundles.GetValueOrDefault(control.Bundle)?.FlowModCount ?? 0;
    }

    /// <summary>Opens, closes, commits or drops a bundle, and answers.</summary>
    public void Answer(QueuedMessage message, BundleControl control)
    {
        Refusal? refusal = (control.Flags & ~KnownFlags) != 0 ? BundleErrors.BadFlags : Apply(control);
        if (refusal is { } refused) outbox.Refuse(message.Xid, refused, message.Quote);
        else outbox.Send(message.Xid, control with { Type = control.Type + 1, Properties = [] });
    }

    /// <summary>Adds a message to a bundle; a bundle that isn't there is opened.</summary>
    public void Add(QueuedMessage message, BundleAdd add)
    {
        if (WhyNot(add) is { } refusal)
        {
            outbox.Refuse(message.Xid, refusal, message.Quote);
            return;
        }
        if (!_bundles.TryGetValue(add.Bundle, out Bundle? bundle))
            _bundles.Add(add.Bundle, bundle = new Bundle(add.Flags));
        try
        {
            ControlMessage? read = Read(message, add.Frame.AsSpan());
            if (read is not null) bundle.Add(read);
            else outbox.Refuse(message.Xid, BundleErrors.Unsupported, message.Quote);
        }
        catch (OpenFlowProtocolException exception)
        {
            outbox.Refuse(message.Xid, new Refusal(exception.Type, exception.Code), message.Quote);
        }
    }

    private Refusal? Apply(BundleControl control)
    {
        Bundle? bundle = _bundles.GetValueOrDefault(control.Bundle);
        if (control.Type == BundleControlType.OpenRequest) return Open(control, bundle);
        if (control.Type is not (BundleControlType.CloseRequest or BundleControlType.CommitRequest
            or BundleControlType.DiscardRequest)) return BundleErrors.BadType;
        if (bundle is null) return BundleErrors.BadId;
        if (control.Type == BundleControlType.CloseRequest)
        {
            if (bundle.IsClosed) return BundleErrors.Closed;
            bundle.IsClosed = true;
        }
        if (control.Type == BundleControlType.DiscardRequest)
        {
            _bundles.Remove(control.Bundle);
            return null;
        }
        // Whatever becomes of it, a bundle whose flags differ or that was committed is gone.
        bool isSame = bundle.Flags == control.Flags;
        if (!isSame || control.Type == BundleControlType.CommitRequest) _bundles.Remove(control.Bundle);
        if (!isSame) return BundleErrors.BadFlags;
        return control.Type == BundleControlType.CommitRequest ? Commit(bundle) : null;
    }

    private Refusal? Open(BundleControl control, Bundle? present)
    {
        if (present is not null) return BundleErrors.Exists;
        if (_bundles.Count >= BundlesMax) return BundleErrors.TooManyBundles;
        _bundles.Add(control.Bundle, new Bundle(control.Flags));
        return null;
    }

    /// <summary>All or nothing: the first refusal takes back what was done before it.</summary>
    private Refusal? Commit(Bundle bundle)
    {
        journal.Begin();
        foreach (ControlMessage message in bundle.Messages)
        {
            if (commands.Apply(message) is not { } refusal) continue;
            journal.RollBack();
            outbox.Refuse(message.Xid, refusal, QuoteOf(message));
            return BundleErrors.Failed;
        }
        journal.Commit();
        return null;
    }

    private Refusal? WhyNot(BundleAdd add)
    {
        if ((add.Flags & ~KnownFlags) != 0) return BundleErrors.BadFlags;
        if (_bundles.TryGetValue(add.Bundle, out Bundle? bundle))
        {
            if (bundle.IsClosed) return BundleErrors.Closed;
            if (bundle.Flags != add.Flags) return BundleErrors.BadFlags;
        }
        else if (_bundles.Count >= BundlesMax) return BundleErrors.TooManyBundles;
        if (_bundles.Values.Sum(each => each.Messages.Count) >= MessagesMax) return BundleErrors.TooMany;
        ReadOnlySpan<byte> frame = add.Frame.AsSpan();
        bool isWhole = frame.Length >= FrameHeader.SizeBytes
            && BinaryPrimitives.ReadUInt16BigEndian(frame[2..]) == frame.Length;
        return isWhole ? null : BundleErrors.BadLength;
    }

    /// <summary>Null: a message that can't be part of a bundle.</summary>
    private ControlMessage? Read(QueuedMessage message, ReadOnlySpan<byte> frame)
    {
        // Of the same version as the message that it came in.
        if (outbox.Codec is not { } codec || frame[0] != message.Quote[0]) return null;
        Xid xid = message.Xid;
        byte[] quote = FrameQuote.Of(frame);
        BinaryPrimitives.WriteUInt32BigEndian(quote.AsSpan(4), xid.Value);
        switch (codec.KindOf(frame[1]))
        {
            case MessageKind.FlowMod:
                return new QueuedFlowMod(xid, codec.ReadFlowMod(frame), quote);
            case MessageKind.GroupMod or MessageKind.MeterMod or MessageKind.PortMod:
                return new QueuedMessage(xid, codec.ReadMessage(frame), quote);
            default:
                return null;
        }
    }

    private static byte[] QuoteOf(ControlMessage message) => message switch
    {
        QueuedFlowMod flowMod => flowMod.Quote,
        QueuedMessage other => other.Quote,
        _ => [],
    };
}
