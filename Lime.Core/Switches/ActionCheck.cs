using Lime.Core.Migration;
using Lime.Core.Rules;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Switches;

/// <summary>Finds actions that depend on one chassis (H-14, H-15), and queues that a target lacks (H-58).</summary>
/// <remarks>Threading: the owner loop's.</remarks>
internal static class ActionCheck
{
    public static async Task CheckAsync(MigrationScope scope, PlanFindings findings)
    {
        List<(string What, FlowAction Action)> queued = [];
        await RuleWalk.EachAsync(scope.Moved, rule =>
        {
            foreach (FlowAction action in rule.Instructions.AllActions)
            {
                if (IsOrdinary(action)) continue;
                Take($"rule {rule.Match} priority {rule.Priority}", action);
            }
        });
        foreach (ShadowGroup group in scope.Moved.Groups.InOrder)
        {
            foreach (FlowAction action in group.Buckets.SelectMany(each => each.Actions))
                Take($"group {group.Id}", action);
        }
        if (queued.Count > 0)
            await findings.CheckAsync(FindingTopic.Queues, () => CheckQueuesAsync(scope, queued, findings));

        void Take(string what, FlowAction action)
        {
            if (IsOnQueue(action)) queued.Add((what, action));
            if (!IsBound(action)) return;
            findings.Refuse(FindingTopic.Actions, $"The {what} does {action}, which only its own switch can do.");
        }
    }

    private static bool IsOrdinary(in FlowAction action) => !IsOnQueue(action) && !IsBound(action);

    private static bool IsOnQueue(in FlowAction action) =>
        action.Kind is FlowActionKind.Enqueue or FlowActionKind.SetQueue;

    /// <summary>NORMAL depends on addresses that the switch has learned by itself; LOCAL is its own machine.</summary>
    private static bool IsBound(in FlowAction action) => action.Kind == FlowActionKind.Output
        && (action.Port == PortNumber.Normal || action.Port == PortNumber.Local);

    private static async Task CheckQueuesAsync(
        MigrationScope scope, List<(string What, FlowAction Action)> queued, PlanFindings findings)
    {
        Dictionary<PortNumber, HashSet<QueueId>> queues = [];
        foreach (AttachmentMove each in scope.Attachments)
            queues[each.VirtualPort] = await QueuesOfAsync(scope.Target, each.TargetPort);
        foreach ((string what, FlowAction action) in queued)
        {
            // A queue that is set for outputs to come has to be at every port.
            bool isThere = action.Kind == FlowActionKind.Enqueue
                ? queues.GetValueOrDefault(action.Port)?.Contains(QueueOf(action)) == true
                : queues.Values.All(each => each.Contains(QueueOf(action)));
            if (isThere) continue;
            findings.Refuse(
                FindingTopic.Queues, $"The {what} does {action}, but {scope.Target.Name} does not tell of that queue.");
        }
    }

    private static QueueId QueueOf(FlowAction action) => new((uint)action.Value);

    private static async Task<HashSet<QueueId>> QueuesOfAsync(PhysicalSwitch target, PortNumber port)
    {
        try
        {
            OpenFlowMessage reply = await target.RequestAsync(new QueueGetConfigRequest(port));
            return reply is QueueGetConfigReply queues ? [.. queues.Queues.Select(each => each.Queue)] : [];
        }
        catch (OpenFlowRequestException exception) when (exception.Failure == RequestFailure.Refused)
        {
            return [];
        }
    }
}
