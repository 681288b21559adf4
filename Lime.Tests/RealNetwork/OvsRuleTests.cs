using NUnit.Framework;

namespace Lime.Tests.RealNetwork;

/// <summary>Holds the reading of ovs-ofctl's text to lines that OVS 3.1 wrote.</summary>
internal sealed class OvsRuleTests
{
    [Test]
    public void A_rule_with_everything_is_read()
    {
        OvsRule rule = OvsRule.Parse(
            " cookie=0x5, duration=0.021s, table=0, n_packets=3, n_bytes=294, idle_timeout=10, " +
            "hard_timeout=20, send_flow_rem idle_age=0, priority=7,ip,nw_src=10.0.0.0/24 " +
            "actions=mod_nw_tos:4,output:2,output:1");

        Assert.That(rule, Is.EqualTo(new OvsRule(
            7, "ip,nw_src=10.0.0.0/24", "mod_nw_tos:4,output:2,output:1", 5, 3, 294, 10, 20, true)));
    }

    [TestCase(" cookie=0x0, n_packets=0, n_bytes=0, idle_age=0, actions=drop", 32768, "")]
    [TestCase(" cookie=0x0, n_packets=0, n_bytes=0, idle_age=0, priority=0 actions=drop", 0, "")]
    [TestCase(" cookie=0x0, n_packets=0, n_bytes=0, idle_age=0, in_port=2 actions=drop", 32768, "in_port=2")]
    [TestCase(" cookie=0x0, n_bytes=0, priority=65535,arp,in_port=2 actions=drop", 65535, "arp,in_port=2")]
    public void Priority_and_match_are_told_apart(string line, int priority, string match)
    {
        OvsRule rule = OvsRule.Parse(line);

        Assert.That(rule.Priority, Is.EqualTo(priority));
        Assert.That(rule.Match, Is.EqualTo(match));
        Assert.That(rule.SendsFlowRemoved, Is.False);
    }

    [Test]
    public void Port_counters_leave_the_local_port_out()
    {
        IReadOnlyList<OvsPortCounters> ports = OvsPortCounters.ParseAll(
            """
            OFPST_PORT reply (xid=0x2): 2 ports
              port LOCAL: rx pkts=0, bytes=0, drop=0, errs=0, frame=0, over=0, crc=0
                       tx pkts=0, bytes=0, drop=0, errs=0, coll=0
              port  1: rx pkts=11, bytes=0, drop=2, errs=0, frame=0, over=0, crc=0
                       tx pkts=13, bytes=0, drop=4, errs=0, coll=0

            """);

        Assert.That(ports, Is.EqualTo([new OvsPortCounters(1, 11, 13, 2, 4)]));
    }
}
