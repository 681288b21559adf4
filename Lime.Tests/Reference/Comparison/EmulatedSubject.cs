using System.Collections.Immutable;
using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.OpenFlow;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Lime.OpenFlow.Transport;
using Lime.Tests.Emulation;

namespace Lime.Tests.Reference.Comparison;

/// <summary>The emulated switch over its control channel and links, in virtual time.</summary>
internal sealed class EmulatedSubject : ISubject
{
    /// <summary>Long enough for all that an input causes, short against what lies between two.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(1);

    private readonly EventLoop _loop = EventLoop.CreateManual();
    private readonly EmulatedNetwork _network;
    private readonly EmulatedSwitch _switch;
    private readonly ScriptedController _controller;
    private readonly TimeSpan _start;
    private readonly List<FrameOutput> _frames = [];
    private Task<MessageOutput>? _request;

    public EmulatedSubject(OpenFlowVersion version, ReferenceOptions options, uint portCount)
    {
        _network = new EmulatedNetwork(_loop, seed: 1);
        _switch = _network.AddSwitch("s1", options.Datapath, new EmulatedSwitchOptions
        {
            TableCount = options.TableCount,
            TableCapacity = options.RulesPerTableMax,
            BufferCount = options.BufferCount,
        });
        for (uint i = 1; i <= portCount; i++)
        {
            // Addresses that no generated frame has: the hosts answer nothing.
            EmulatedHost host = _network.AddHost($"h{i}", new(0x0600_0000_0000ul + i), new(0xcb00_7100 + i));
            _network.Connect(_switch, new(i), host, new LinkOptions { Name = $"l{i}", Delay = TimeSpan.Zero });
        }
        _network.Tap = OnFrame;
        (var ours, var theirs) = InMemoryTransport.CreatePair(_loop.Scheduler, _loop.Scheduler);
        _ = _switch.Connect(theirs);
        _controller = new ScriptedController(_loop, ours, version);
        _start = _network.Now;
        Ports = [.. _switch.Ports];
    }

    public ImmutableArray<PortDescription> Ports { get; }

    public ImmutableArray<ReferenceOutput> Do(ReferenceInput input)
    {
        _frames.Clear();
        _request = null;
        _controller.PacketIns.Clear();
        _controller.Messages.Clear();
        if (input is TimeInput time)
        {
            _loop.RunFor(time.Now - (_network.Now - _start));
        }
        else
        {
            Perform(input);
            _loop.RunFor(Settling);
        }
        return
        [
            .. _frames,
            .. _controller.PacketIns.Select(ToOutput),
            .. _request is { IsCompleted: true } answered ? [answered.GetAwaiter().GetResult()] : (MessageOutput[])[],
            .. _controller.Messages.Select(item => new MessageOutput(
                item.Message is FlowRemoved or PortStatus ? null : item.Xid, item.Message)),
        ];
    }

    public void Dispose() => _loop.Dispose();

    private void Perform(ReferenceInput input)
    {
        switch (input)
        {
            case FrameInput frame:
                _network.Host($"h{frame.Port}").SendFrame(frame.Bytes.AsSpan());
                break;
            case FlowModInput flowMod:
                _controller.Channel.Send(flowMod.Xid, flowMod.Mod);
                break;
            case PacketOutInput packetOut:
                Send(packetOut);
                break;
            case CommandInput { Message: MultipartRequest or BarrierRequest or GetConfigRequest } request:
                _loop.Post(() => _request = AskAsync(request));
                break;
            case CommandInput command:
                _controller.Channel.Send(command.Xid, command.Message);
                break;
            case LinkInput link:
                _network.SetLinkUp(_network.Link($"l{link.Port}"), link.IsUp);
                break;
            default:
                throw new ArgumentException($"{input} can't be done.", nameof(input));
        }
    }

    /// <summary>Asks with the channel's own transaction, under which alone it hands over an answer.</summary>
    private async Task<MessageOutput> AskAsync(CommandInput request)
    {
        try
        {
            return new MessageOutput(request.Xid, await _controller.Channel.RequestAsync(request.Message));
        }
        catch (OpenFlowRequestException refused) when (refused.Error is not null)
        {
            return new MessageOutput(request.Xid, refused.Error);
        }
    }

    private void Send(PacketOutInput packetOut) => _controller.Channel.Send(packetOut.Xid, new PacketOut
    {
        BufferId = packetOut.Buffer,
        InPort = packetOut.InPort,
        Actions = packetOut.Actions,
        Data = packetOut.Bytes.AsSpan(),
    });

    private static PacketInOutput ToOutput(PacketInSeen seen) => new(seen.Reason, seen.InPort, [.. seen.Frame])
    {
        Table = seen.Table,
        Cookie = seen.Cookie,
        Buffer = seen.Buffer,
        TotalBytes = seen.TotalBytes,
        Metadata = MetadataOf(seen.MatchFields),
    };

    internal static ulong MetadataOf(ReadOnlySpan<byte> fields)
    {
        foreach (ReadOnlySpan<byte> each in new OxmReader(fields))
        {
            OxmField field = OxmField.FromBytes(each);
            if (field.Id == OxmId.Metadata) return (ulong)FieldTests.Number(field.Value);
        }
        return 0;
    }

    private void OnFrame(in FrameEvent e)
    {
        if (e.Kind != FrameEventKind.Delivered || e.From.Node != "s1") return;
        _frames.Add(new FrameOutput(e.From.Port, [.. e.Frame]));
    }
}
