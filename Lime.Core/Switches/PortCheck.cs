using Lime.Core.Migration;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Switches;

/// <summary>Compares a target's ports, and the rest of what apps were told, with the source's.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
internal static class PortCheck
{
    public static void Check(MigrationScope scope, PlanFindings findings)
    {
        foreach (AttachmentMove each in scope.Attachments) CheckPort(scope, each, findings);
        CheckFrameSize(scope, findings);
        SwitchCapabilities shown = scope.Moved.Features.Capabilities;
        SwitchCapabilities missing = shown & ~(scope.Target.Features?.Capabilities ?? SwitchCapabilities.None);
        if (missing == SwitchCapabilities.None) return;
        findings.Note(
            FindingTopic.Features,
            $"Apps were told that {scope.Moved.Name} has {missing}, which {scope.Target.Name} lacks; they go on being "
            + "told so.");
    }

    private static void CheckPort(MigrationScope scope, AttachmentMove attachment, PlanFindings findings)
    {
        PortDescription? before = attachment.SourcePortOf(scope) is { } port ? Find(scope.Source.Physical, port) : null;
        if (Find(scope.Target, attachment.TargetPort) is not { } after) return; // Was found to be missing before.
        string name = $"Port {after.Port} of {scope.Target.Name}, to which port {attachment.VirtualPort} moves,";
        if (!after.IsUp && before is { IsUp: true })
        {
            // A host may be plugged in only when it moves; a cable that leads nowhere would lose all it is given.
            if (attachment.Neighbour is not null) findings.Refuse(FindingTopic.Ports, $"{name} has no link.");
            else findings.Note(FindingTopic.Ports, $"{name} has no link yet.");
        }
        if (before is not null && after.CurrentSpeedKbps > 0 && after.CurrentSpeedKbps < before.CurrentSpeedKbps)
        {
            findings.Note(
                FindingTopic.Ports,
                $"{name} has {after.CurrentSpeedKbps} kb/s where it has {before.CurrentSpeedKbps} kb/s now.");
        }
    }

    /// <summary>OpenFlow doesn't tell how large frames may be; the network description may.</summary>
    private static void CheckFrameSize(MigrationScope scope, PlanFindings findings)
    {
        if (scope.Source.Physical.Mtu is not { } before) return;
        if (scope.Target.Mtu is not { } after)
        {
            findings.Note(
                FindingTopic.Mtu,
                $"{scope.Source.Physical.Name} carries packets of {before} bytes; the network description does not say "
                + $"what {scope.Target.Name} carries.");
        }
        else if (after < before)
        {
            findings.Refuse(
                FindingTopic.Mtu,
                $"{scope.Target.Name} carries packets of up to {after} bytes, {scope.Source.Physical.Name} of "
                + $"{before}: larger ones would vanish.");
        }
    }

    private static PortDescription? Find(PhysicalSwitch physical, PortNumber port) =>
        physical.Ports.FirstOrDefault(each => each.Port == port);
}
