using System.IO.Pipelines;
using System.Net;
using System.Runtime.CompilerServices;
using Lime.Core.Apps;
using Lime.Core.Hosting;
using Lime.Core.Migration;
using Lime.Core.Networks;
using Lime.Core.Switches;
using Lime.OpenFlow.Identifiers;

namespace Lime.Benchmarks.Overhead;

/// <summary>The controller as it is delivered, with its virtual layer.</summary>
/// <remarks>Life cycle and threading: as <see cref="LimeController"/>.</remarks>
internal sealed class LayeredController(LimeOptions options, IControllerApp app, EventLoop? loop) : IMeasuredController
{
    private readonly LimeController _controller = new(options, [app], loop: loop);

    public EventLoop Loop => _controller.Loop;

    public IPEndPoint? ListenEndPoint => _controller.ListenEndPoint;

    public IReadOnlyCollection<IVirtualSwitch> Switches =>
        [.. _controller.VirtualSwitches.Where(each => each.IsConnected)];

    public IEnsembleManager Ensembles => _controller.Ensembles;

    /// <summary>Messages of every connection so far, both ways. On the loop, or while it doesn't run.</summary>
    public long Messages => RegistryOf(_controller).PhysicalSwitches.Select(each => each.Channel?.Counters)
        .Sum(each => (each?.MessagesReceived ?? 0) + (each?.MessagesSent ?? 0));

    public void Attach(IDuplexPipe transport) => _controller.Attach(transport);

    public void Start() => _controller.Start();

    /// <summary>Whether a physical switch is connected. On the loop.</summary>
    public bool IsConnected(DatapathId datapath) =>
        RegistryOf(_controller).FindPhysical(datapath) is { IsConnected: true };

    /// <summary>Makes a connected spare a further instance of a virtual switch, as it is while that is cloned: both
    /// live, updates two-phase. On the loop.</summary>
    /// <returns>False if one of them isn't connected yet.</returns>
    /// <remarks>A migration has two instances at most; this shows what a third would cost.</remarks>
    public bool TryJoin(DatapathId moved, DatapathId spare)
    {
        SwitchRegistry registry = RegistryOf(_controller);
        PhysicalSwitch? source = registry.FindPhysical(moved);
        PhysicalSwitch? added = registry.FindPhysical(spare);
        if (source is not { IsReconciled: true, Instance.VirtualSwitch: { } joined }) return false;
        if (added is not { IsConnected: true }) return false;
        IEnumerable<PortMapping> ports = source.Ports.Where(each => each.Port.IsPhysical)
            .Select(each => new PortMapping(each.Port, each.Port));
        joined.Buffers.Begin(joined.Primary!);
        joined.Live.Add(registry.AddInstance(joined, added, InstanceMap.Of(ports)));
        if (!joined.Table.Semantics.HasTables)
        {
            // Packet-ins of 1.0 name no rule: which entry sent one up is followed, as a migration does it.
            foreach (Instance each in joined.Live) EntryCourse.Begin(each, hasForms: false);
        }
        joined.Mode = CloneMode.Cloned;
        added.IsReconciled = true; // It is empty, and from now on given all that the others are.
        return true;
    }

    /// <summary>From now on updates of a virtual switch are made as while it migrates, and what they cost is counted.
    /// On the loop.</summary>
    public UpdateAccount BeginUpdates(DatapathId moved)
    {
        VirtualSwitch changed = RegistryOf(_controller).FindPhysical(moved)!.Instance!.VirtualSwitch;
        var account = UpdateAccount.Unwatched(changed.Loop);
        changed.Updates.Begin(new UpdateTerms(GuardMode.Serialise, account, null, static _ => { }));
        return account;
    }

    public ValueTask DisposeAsync() => _controller.DisposeAsync();

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_registry")]
    private static extern ref SwitchRegistry RegistryOf(LimeController controller);
}
