using Lime.OpenFlow.Messages;

namespace Lime.Core.Emulation.Control;

/// <summary>Messages that take effect together or not at all.</summary>
/// <remarks>Life cycle: opened, perhaps closed, then committed or dropped. Threading: the loop's.</remarks>
internal sealed class Bundle(BundleFlags flags)
{
    private readonly List<ControlMessage> _messages = [];

    public BundleFlags Flags { get; } = flags;

    public bool IsClosed { get; set; }

    public IReadOnlyList<ControlMessage> Messages => _messages;

    public int FlowModCount { get; private set; }

    public void Add(ControlMessage message)
    {
        _messages.Add(message);
        if (message is QueuedFlowMod) FlowModCount++;
    }
}
