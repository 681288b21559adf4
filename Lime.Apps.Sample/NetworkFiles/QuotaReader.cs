using Lime.Apps.Sample.Json;
using Lime.Core.Networks;

namespace Lime.Apps.Sample.NetworkFiles;

/// <summary>Reads what a virtual switch may use.</summary>
internal static class QuotaReader
{
    private const uint Most = 10_000_000;

    private const string CountForm = "a number, 0 to 10000000";
    private const string RateForm = "a number of packets a second, 1 to 10000000";

    public static VirtualSwitchQuota Read(JsonCursor quota)
    {
        if (!quota.IsObjectOf("rules", "groups", "meters", "packetInsPerSecond", "packetOutsPerSecond"))
            return VirtualSwitchQuota.None;
        return new VirtualSwitchQuota
        {
            RulesMax = Count(quota, "rules"),
            GroupsMax = Count(quota, "groups"),
            MetersMax = Count(quota, "meters"),
            PacketInsPerSecond = (int?)quota.Optional("packetInsPerSecond")?.Whole(1, Most, RateForm),
            PacketOutsPerSecond = (int?)quota.Optional("packetOutsPerSecond")?.Whole(1, Most, RateForm),
        };
    }

    private static int? Count(JsonCursor quota, string property) =>
        (int?)quota.Optional(property)?.Whole(0, Most, CountForm);
}
