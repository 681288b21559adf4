using Lime.Core.Networks;

namespace Lime.Core.Switches;

/// <summary>Gives a virtual switch another quota while it is used.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
internal static class QuotaChange
{
    public static void SetQuota(this VirtualSwitch virtualSwitch, VirtualSwitchQuota quota)
    {
        if (virtualSwitch.Limits.Quota == quota) return;
        virtualSwitch.Limits = virtualSwitch.Limits with { Quota = quota };
        virtualSwitch.Table.RulesMax = virtualSwitch.Limits.RulesOrQuota;
        virtualSwitch.Groups.GroupsMax = quota.GroupsMax ?? int.MaxValue;
        virtualSwitch.Meters.MetersMax = quota.MetersMax ?? int.MaxValue;
        virtualSwitch.PacketInQuota = RateQuota.Of(quota.PacketInsPerSecond, virtualSwitch.PacketInQuota);
        virtualSwitch.PacketOutQuota = RateQuota.Of(quota.PacketOutsPerSecond, virtualSwitch.PacketOutQuota);
    }
}
