using System.Collections.Immutable;
using Lime.Apps.Sample.Commands;
using Lime.Apps.Sample.Json;
using Lime.Core.Hosting;
using Lime.Core.Migration;
using Lime.Core.Networks;
using Lime.OpenFlow.Identifiers;

namespace Lime.Apps.Sample.Operator;

/// <summary>Reads the body that starts a migration.</summary>
internal static class MigrationRequestReader
{
    private const string SwitchForm = "a virtual switch's name or datapath id";
    private const string TargetForm = "a physical switch's name, or its datapath id as up to 16 hexadecimal digits";
    private const string MethodForm = "\"clone\" or \"freeze-and-copy\"";
    private const string DeadlineForm = "a number of seconds, 1 to 86400";
    private const string IntervalForm = "a number of milliseconds, 0 to 3600000";
    private const string NoIntervalForm = "0 with freeze-and-copy, which moves all attachments at once";
    private const string QuietForm = "a number of milliseconds, 0 to 3600000";
    private const string GuardForm = "\"serialise\", \"detour\" or \"drop\"";
    private const string NoGuardForm = "\"serialise\" with freeze-and-copy, where rule changes wait";
    private const string NoDetourForm = "something else than \"detour\", which takes longer than drainQuietMs, unless "
        + "budgets.updateTimeMaxMs is longer too";
    private const string TimeForm = "a number of milliseconds, 1 to 3600000";
    private const string EvidenceForm = "\"barrier\", \"settle\", \"probe\" or \"both\"";
    private const string PortsForm = "an array of {\"virtual\": 1, \"physical\": 5}";
    private const string PortForm = "a port number, 1 to 65280";
    private const uint PortMax = 0xff00;

    public static (MigrationPlan? Plan, ImmutableArray<JsonFault> Faults) Read(
        ReadOnlyMemory<byte> utf8, ImmutableArray<PhysicalSwitchStatus> physicalSwitches) =>
        JsonForm.Read(utf8, root => ReadPlan(root, physicalSwitches));

    private static MigrationPlan? ReadPlan(JsonCursor root, ImmutableArray<PhysicalSwitchStatus> physicalSwitches)
    {
        if (!root.IsObjectOf(
            "switch", "target", "method", "deadlineSeconds", "attachmentIntervalMs", "drainQuietMs", "targetPorts",
            "guard", "budgets", "evidence", "requireSelectAffinity"))
            return null;
        string? name = root.Required("switch", SwitchForm)?.Text(SwitchForm);
        DatapathId target = root.Required("target", TargetForm) is { } found
            ? ReadTarget(found, physicalSwitches)
            : default;
        double? deadlineSeconds = root.Optional("deadlineSeconds")?.Number(1, 86_400, DeadlineForm);
        double? drainQuietMs = root.Optional("drainQuietMs")?.Number(0, 3_600_000, QuietForm);
        var plan = new MigrationPlan(name ?? "", target);
        MigrationMethod method = root.Optional("method") is { } text ? ReadMethod(text) : plan.Method;
        UpdateBudgets budgets = root.Optional("budgets") is { } asked ? ReadBudgets(asked) : plan.Budgets;
        TimeSpan drainQuiet = drainQuietMs is { } quiet ? TimeSpan.FromMilliseconds(quiet) : plan.DrainQuietTime;
        return plan with
        {
            Method = method,
            Deadline = deadlineSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : plan.Deadline,
            AttachmentInterval = root.Optional("attachmentIntervalMs") is { } interval
                ? ReadInterval(interval, method)
                : plan.AttachmentInterval,
            DrainQuietTime = drainQuiet,
            Budgets = budgets,
            Guard = root.Optional("guard") is { } guard
                ? ReadGuard(guard, method, budgets.UpdateTimeMax > drainQuiet)
                : plan.Guard,
            Evidence = root.Optional("evidence") is { } kind ? ReadEvidence(kind) : plan.Evidence,
            RequireSelectAffinity = root.Optional("requireSelectAffinity")?.Truth() ?? plan.RequireSelectAffinity,
            TargetPorts = root.Optional("targetPorts") is { } ports ? ReadPorts(ports) : plan.TargetPorts,
        };
    }

    /// <summary>A name wins over a datapath id that is written the same ("a1" may be both).</summary>
    private static DatapathId ReadTarget(JsonCursor found, ImmutableArray<PhysicalSwitchStatus> physicalSwitches)
    {
        if (found.Text(TargetForm) is not { } text) return default;
        if (physicalSwitches.FirstOrDefault(each => each.Name == text) is { } named) return named.Datapath;
        if (!DatapathId.TryParse(text, out DatapathId target)) found.AddUnexpected(TargetForm);
        return target;
    }

    private static MigrationMethod ReadMethod(JsonCursor found)
    {
        MigrationMethod method = default;
        if (found.Text(MethodForm) is { } text && !MigrationWords.TryParseMethod(text, out method))
            found.AddUnexpected(MethodForm);
        return method;
    }

    private static GuardMode ReadGuard(JsonCursor found, MigrationMethod method, bool hasTimeForDetours)
    {
        GuardMode guard = default;
        if (found.Text(GuardForm) is not { } text) return guard;
        if (!MigrationWords.TryParseGuard(text, out guard)) found.AddUnexpected(GuardForm);
        else if (guard != default && method == MigrationMethod.FreezeAndCopy) found.AddUnexpected(NoGuardForm);
        else if (guard == GuardMode.Detour && !hasTimeForDetours) found.AddUnexpected(NoDetourForm);
        return guard;
    }

    private static UpdateBudgets ReadBudgets(JsonCursor found)
    {
        var budgets = new UpdateBudgets();
        if (!found.IsObjectOf("heldPacketsMax", "heldBytesMax", "guardPacketInsPerSecondMax", "updateTimeMaxMs"))
            return budgets;
        double? timeMs = found.Optional("updateTimeMaxMs")?.Number(1, 3_600_000, TimeForm);
        return budgets with
        {
            HeldPacketsMax = ReadCount(found, "heldPacketsMax", 1_000_000) ?? budgets.HeldPacketsMax,
            HeldBytesMax = ReadCount(found, "heldBytesMax", 1 << 30) ?? budgets.HeldBytesMax,
            GuardPacketInsPerSecondMax = ReadCount(found, "guardPacketInsPerSecondMax", 10_000_000)
                ?? budgets.GuardPacketInsPerSecondMax,
            UpdateTimeMax = timeMs is { } ms ? TimeSpan.FromMilliseconds(ms) : budgets.UpdateTimeMax,
        };
    }

    private static int? ReadCount(JsonCursor found, string property, uint most) =>
        (int?)found.Optional(property)?.Whole(1, most, $"a whole number, 1 to {most}");

    private static IEvidence? ReadEvidence(JsonCursor found)
    {
        IEvidence? evidence = null;
        if (found.Text(EvidenceForm) is { } text && !Evidence.TryFind(text, out evidence))
            found.AddUnexpected(EvidenceForm);
        return evidence;
    }

    private static TimeSpan ReadInterval(JsonCursor found, MigrationMethod method)
    {
        double ms = found.Number(0, 3_600_000, IntervalForm) ?? 0;
        if (ms > 0 && method == MigrationMethod.FreezeAndCopy) found.AddUnexpected(NoIntervalForm);
        return TimeSpan.FromMilliseconds(ms);
    }

    private static ImmutableArray<PortMapping> ReadPorts(JsonCursor found)
    {
        var ports = ImmutableArray.CreateBuilder<PortMapping>();
        foreach (JsonCursor item in found.Items(PortsForm))
        {
            if (!item.IsObjectOf("virtual", "physical")) continue;
            uint? virtualPort = item.Required("virtual", PortForm)?.Whole(1, PortMax, PortForm);
            uint? physicalPort = item.Required("physical", PortForm)?.Whole(1, PortMax, PortForm);
            if (virtualPort is { } from && physicalPort is { } to)
                ports.Add(new PortMapping(new PortNumber(from), new PortNumber(to)));
        }
        return ports.ToImmutable();
    }
}
