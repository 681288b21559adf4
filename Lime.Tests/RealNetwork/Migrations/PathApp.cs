using Lime.Core.Apps;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.RealNetwork.Migrations;

/// <summary>The app of the paper's experiment: a path between the hosts over s1, s3 and s2; on s3
/// further rules, so that there is something to copy.</summary>
/// <remarks>Threading: the controller's loop; <see cref="Ready"/> may be awaited
/// anywhere.</remarks>
internal sealed class PathApp(IReadOnlyList<OpenFlowMessage> resourcesOnS3, IReadOnlyList<FlowMod> rulesOnS3)
    : IControllerApp
{
    /// <summary>Rules of the path on each switch.</summary>
    public const int PathRuleCount = 2;

    /// <summary>Of the rules of the path.</summary>
    public const ushort PathPriority = 100;

    private const int SwitchCount = 3;

    /// <summary>Rules sent between two barriers, so that no outbox fills up.</summary>
    private const int BatchRules = 500;

    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<string> _confirmed = [];

    /// <summary>Completes when every switch has confirmed its rules; fails when one refuses
    /// any.</summary>
    public Task Ready => _ready.Task;

    public void OnSwitchUp(IVirtualSwitch virtualSwitch) => _ = InstallAsync(virtualSwitch);

    public AppVerdict OnError(IVirtualSwitch virtualSwitch, Xid xid, ErrorMessage error)
    {
        Fail($"{virtualSwitch.Name} refused a command: {error.Type}, code {error.Code}.");
        return AppVerdict.Continue;
    }

    private async Task InstallAsync(IVirtualSwitch virtualSwitch)
    {
        try
        {
            Send(virtualSwitch, Path(1, 2));
            Send(virtualSwitch, Path(2, 1));
            if (virtualSwitch.Name == "s3") await InstallResourcesAsync(virtualSwitch);
            IReadOnlyList<FlowMod> others = virtualSwitch.Name == "s3" ? rulesOnS3 : [];
            foreach (FlowMod[] batch in others.Chunk(BatchRules))
            {
                foreach (FlowMod rule in batch)
                    Send(virtualSwitch, rule);
                await virtualSwitch.BarrierAsync();
            }
            await virtualSwitch.BarrierAsync();
            _confirmed.Add(virtualSwitch.Name);
            if (_confirmed.Count == SwitchCount)
                _ready.TrySetResult();
        }
        catch (OpenFlowRequestException exception)
        {
            Fail($"{virtualSwitch.Name}: {exception.Message}");
        }
    }

    private async Task InstallResourcesAsync(IVirtualSwitch virtualSwitch)
    {
        foreach (OpenFlowMessage each in resourcesOnS3)
        {
            if (each is GroupMod groupMod) virtualSwitch.Send(groupMod);
            if (each is MeterMod meterMod) virtualSwitch.Send(meterMod);
        }
        await virtualSwitch.BarrierAsync();
    }

    private static FlowMod Path(uint from, uint to) => new()
    {
        Match = Match.Any.WithInPort(new PortNumber(from)),
        Priority = PathPriority,
        Actions = ActionList.Output(new PortNumber(to)),
    };

    private void Send(IVirtualSwitch virtualSwitch, in FlowMod rule)
    {
        if (virtualSwitch.Send(rule).Outcome is not SendOutcome.Queued and var outcome)
            Fail($"{virtualSwitch.Name} did not take a rule: {outcome}.");
    }

    private void Fail(string reason) => _ready.TrySetException(new InvalidOperationException(reason));
}
