using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Tests.Reference.Comparison;

/// <summary>What Open vSwitch 3.1 does instead of a step of the reference; the numbers are those of
/// docs/reference-switch.md.</summary>
internal static class OvsDifferences
{
    private static readonly Fault Inconsistent = new(ErrorType.BadAction, ErrorCodes.ActionMatchInconsistent);

    private static readonly Fault BadArgument = new(ErrorType.BadAction, ErrorCodes.ActionBadArgument);

    private static readonly Fault BadTag = new(ErrorType.BadAction, ErrorCodes.ActionBadTag);

    private static readonly Fault NoGroup = new(ErrorType.BadAction, ErrorCodes.ActionBadOutGroup);

    /// <summary>The steps that take the place of one.</summary>
    public static IEnumerable<ReferenceStep> Of(ReferenceState state, ReferenceInput input, ReferenceStep step)
    {
        if (FaultOf(step) == BadTag) step = Refused(state, input, BadArgument);
        return input switch
        {
            FrameInput frame => [CountRefused(state, frame) ?? step],
            PacketOutInput packetOut when !state.Is10 && HasUnfitting(state, packetOut) =>
                FaultOf(step) is null
                    ? [Refused(state, input, Inconsistent)]
                    : [step, Refused(state, input, Inconsistent)],
            FlowModInput modify when FaultOf(step) == NoGroup && FindsNothing(state, modify.Mod) =>
                [ReferenceStep.To(state)],
            TimeInput time => DueBothWays(state, time, step),
            CommandInput { Message: FlowStatisticsRequest } => [WithoutEmptySets(step)],
            _ => [step],
        };
    }

    private static Fault? FaultOf(ReferenceStep step) => step.Outputs switch
    {
        [MessageOutput { Message: ErrorMessage error }] => new Fault(error.Type, error.Code),
        _ => null,
    };

    private static ReferenceStep Refused(ReferenceState state, ReferenceInput input, Fault fault) =>
        ReferenceStep.Refuse(state, XidOf(input), fault);

    private static Xid XidOf(ReferenceInput input) => input switch
    {
        FlowModInput flowMod => flowMod.Xid,
        PacketOutInput packetOut => packetOut.Xid,
        CommandInput command => command.Xid,
        _ => throw new ArgumentException($"{input} has no id.", nameof(input)),
    };

    /// <summary>O4: the rule is looked up, and counts, before the port is asked whether it takes packets.</summary>
    private static ReferenceStep? CountRefused(ReferenceState state, FrameInput frame)
    {
        if (!state.Ports[frame.Port.Value].Config.HasFlag(PortConfig.NoReceive)) return null;
        if (ReferenceSwitch.Matching(state, frame.Port, frame.Bytes.AsSpan()) is not { } rule)
            return ReferenceStep.To(state);
        ReferenceRule counted = rule with
        {
            PacketCount = rule.PacketCount + 1,
            ByteCount = rule.ByteCount + (ulong)frame.Bytes.Length,
            UsedAt = state.Now,
        };
        ReferenceTable table = state.Tables[0];
        return ReferenceStep.To(state.WithTable(0, table with { Rules = table.Rules.Replace(rule, counted) }));
    }

    /// <summary>O6: whether an action of a packet-out changes what its packet doesn't have.</summary>
    private static bool HasUnfitting(ReferenceState state, PacketOutInput packetOut)
    {
        Dictionary<OxmId, UInt128> fields =
            PacketWalk.Start(state, new FrameInput(packetOut.InPort, packetOut.Bytes)).Fields();
        Match match = Match.Any.WithEthType((ushort)fields[OxmId.EthType]);
        if (fields.TryGetValue(OxmId.IpProtocol, out UInt128 protocol)) match = match.WithIpProtocol((byte)protocol);
        if (fields.TryGetValue(OxmId.VlanId, out UInt128 tag) && (tag & PacketFields.VlanPresent) != 0)
            match = match.WithVlanId((ushort)(tag & 0xfff));
        ActionContext context = new(state) { IsPacketOut = true, Match = match };
        return ActionCheck.FaultsOf(context, packetOut.Actions).Contains(Inconsistent);
    }

    /// <summary>O7: a MODIFY that no rule is meant by is not asked where its groups are.</summary>
    private static bool FindsNothing(ReferenceState state, in FlowMod mod)
    {
        bool isModify = mod.Command is FlowModCommand.Modify or FlowModCommand.ModifyStrict;
        return !state.Is10 && isModify && !FlowCommands.FindsAny(state, mod);
    }

    /// <summary>O8: an instruction that writes no actions is not told back.</summary>
    private static ReferenceStep WithoutEmptySets(ReferenceStep step) => step with
    {
        Outputs = [.. step.Outputs.Select(output => output is MessageOutput { Message: FlowStatisticsReply reply } told
            ? told with { Message = reply with { Flows = [.. reply.Flows.Select(WithoutEmptySet)] } }
            : output)],
    };

    private static FlowStatistics WithoutEmptySet(FlowStatistics rule) =>
        rule.Instructions.WriteActions is { Count: 0 }
            ? rule with { Instructions = rule.Instructions.WithWriteActions(null) }
            : rule;

    /// <summary>O10: a rule that was due both ways when it was looked at went by its hard timeout.</summary>
    private static ReferenceStep[] DueBothWays(ReferenceState state, TimeInput time, ReferenceStep step)
    {
        ReferenceStep[] variants = [step];
        for (int i = 0; i < step.Outputs.Length; i++)
        {
            if (step.Outputs[i] is not MessageOutput { Message: FlowRemoved gone } told) continue;
            if (gone.Reason != FlowRemovedReason.IdleTimeout || gone.HardTimeoutSeconds == 0) continue;
            ReferenceRule rule = state.Tables[gone.Table.Value].Rules.First(
                each => each.Priority == gone.Priority && each.Match == gone.Match);
            if ((rule.RestartedAt ?? rule.CreatedAt) + TimeSpan.FromSeconds(rule.HardSeconds) > time.Now) continue;
            int index = i;
            MessageOutput other = told with { Message = gone with { Reason = FlowRemovedReason.HardTimeout } };
            variants = [.. variants, .. variants.Select(each => each with
            {
                Outputs = each.Outputs.SetItem(index, other),
            })];
        }
        return variants;
    }
}
