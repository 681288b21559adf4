namespace Lime.Tests.RealNetwork.Migrations;

/// <summary>A flow table as lines that can be compared: match, priority, actions and cookie,
/// without what changes by itself.</summary>
internal static class OvsTable
{
    /// <summary>What a bridge has.</summary>
    public static string[] Of(OvsBridge bridge) => Of(bridge.Ofctl.DumpRules());

    /// <summary>Sorted, as neither switches nor the shadow table have an order.</summary>
    public static string[] Of(IEnumerable<OvsRule> rules) =>
        [.. rules.Select(rule => (rule with { PacketCount = 0, ByteCount = 0 }).ToString())
            .Order(StringComparer.Ordinal)];
}
