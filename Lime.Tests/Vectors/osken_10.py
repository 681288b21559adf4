"""Messages of OpenFlow 1.0 for os-ken to write."""

import osken_nicira

PACKET = bytes.fromhex("0a00000000020a000000000108004500001c00010000400100000a0000010a0000020800000000010001")


def messages(dp, o, p):
    """Pairs of a name and a message."""
    yield from connection(dp, o, p)
    yield from rules(dp, o, p)
    yield from requests(dp, o, p)
    yield from nicira(dp, o, p)


def connection(dp, o, p):
    yield "hello", p.OFPHello(dp)
    for type_, codes in ((0, 2), (1, 9), (2, 9), (3, 6), (4, 2), (5, 3)):
        for code in range(codes):
            yield f"error {type_} {code}", p.OFPErrorMsg(dp, type_, code, data=b"\x01\x0e\x00\x50" + bytes(60))
    yield "echo request", p.OFPEchoRequest(dp, data=b"ping")
    yield "echo reply", p.OFPEchoReply(dp, data=b"ping")
    yield "features request", p.OFPFeaturesRequest(dp)
    yield "get config request", p.OFPGetConfigRequest(dp)
    for flags in (o.OFPC_FRAG_NORMAL, o.OFPC_FRAG_DROP, o.OFPC_FRAG_REASM):
        yield f"set config {flags}", p.OFPSetConfig(dp, flags, 128)
    yield "barrier request", p.OFPBarrierRequest(dp)
    yield "queue get config request", p.OFPQueueGetConfigRequest(dp, 3)
    for mask in (o.OFPPC_PORT_DOWN, o.OFPPC_NO_FLOOD, 0x7f):
        yield f"port mod {mask}", p.OFPPortMod(dp, 3, "0a:00:00:00:00:03", mask, 0x7f, 0x1ff)


def plain_actions(o, p):
    return [
        p.OFPActionOutput(2), p.OFPActionOutput(o.OFPP_CONTROLLER, 128), p.OFPActionOutput(o.OFPP_FLOOD, 0),
        p.OFPActionVlanVid(100), p.OFPActionVlanPcp(5), p.OFPActionStripVlan(),
        p.OFPActionSetDlSrc("0a:00:00:00:00:01"), p.OFPActionSetDlDst("0a:00:00:00:00:02"),
        p.OFPActionSetNwSrc("10.0.0.1"), p.OFPActionSetNwDst("10.0.0.2"), p.OFPActionSetNwTos(0xb8),
        p.OFPActionSetTpSrc(80), p.OFPActionSetTpDst(443), p.OFPActionEnqueue(2, 7),
    ]


def rules(dp, o, p):
    matches = [
        p.OFPMatch(), p.OFPMatch(in_port=1), p.OFPMatch(dl_src="0a:00:00:00:00:01"),
        p.OFPMatch(dl_dst="ff:ff:ff:ff:ff:ff"), p.OFPMatch(dl_vlan=0xffff), p.OFPMatch(dl_vlan=5, dl_vlan_pcp=7),
        p.OFPMatch(dl_type=0x0806), p.OFPMatch(dl_type=0x0800, nw_src="10.0.0.0", nw_src_mask=8),
        p.OFPMatch(dl_type=0x0800, nw_dst="10.1.2.3", nw_dst_mask=32, nw_tos=32, nw_proto=17, tp_src=53, tp_dst=53),
        p.OFPMatch(in_port=1, dl_src="0a:00:00:00:00:01", dl_dst="0a:00:00:00:00:02", dl_vlan=1, dl_vlan_pcp=2,
                   dl_type=0x0800, nw_tos=4, nw_proto=6, nw_src="1.2.3.4", nw_dst="5.6.7.8", tp_src=1, tp_dst=2),
    ]
    for i, match in enumerate(matches):
        yield f"flow mod match {i}", p.OFPFlowMod(dp, match, i, o.OFPFC_ADD, 0, 0, i, actions=[p.OFPActionOutput(2)])
    for action in plain_actions(o, p):
        yield f"flow mod {type(action).__name__}", p.OFPFlowMod(dp, matches[1], 1, o.OFPFC_ADD, actions=[action])
    for command in range(5):
        for flags in range(8):
            yield f"flow mod command {command} flags {flags}", p.OFPFlowMod(
                dp, matches[8], 0xfedcba9876543210, command, 10, 20, 0xffff, 0x100, 5, flags,
                plain_actions(o, p)[:1])
    yield "flow mod all actions", p.OFPFlowMod(dp, matches[9], 1, o.OFPFC_ADD, actions=plain_actions(o, p))
    for in_port in (o.OFPP_NONE, o.OFPP_CONTROLLER, 1):
        yield f"packet out {in_port}", p.OFPPacketOut(dp, 0xffffffff, in_port, plain_actions(o, p)[:3], PACKET)
    yield "packet out of a buffer", p.OFPPacketOut(dp, 77, 1, [p.OFPActionOutput(o.OFPP_TABLE)])
    yield "packet out that drops", p.OFPPacketOut(dp, 77, 1, [])


def requests(dp, o, p):
    match = p.OFPMatch(in_port=1, dl_type=0x0800, nw_src="10.0.0.0", nw_src_mask=24)
    yield "desc request", p.OFPDescStatsRequest(dp, 0)
    yield "flow request", p.OFPFlowStatsRequest(dp, 0, match, 0xff, o.OFPP_NONE)
    yield "aggregate request", p.OFPAggregateStatsRequest(dp, 0, match, 0, 3)
    yield "table request", p.OFPTableStatsRequest(dp, 0)
    yield "port request", p.OFPPortStatsRequest(dp, 0, o.OFPP_NONE)
    yield "queue request", p.OFPQueueStatsRequest(dp, 0, o.OFPP_ALL, o.OFPQ_ALL)
    yield "vendor request", p.OFPVendorStatsRequest(dp, 0, 0x1234, b"abcd")
    rule = nicira_rule()
    yield "nx flow request", p.NXFlowStatsRequest(dp, 0, o.OFPP_NONE, 0xff, rule)
    yield "nx aggregate request", p.NXAggregateStatsRequest(dp, 0, 3, 1, rule)


def nicira_rule():
    from os_ken.lib.mac import haddr_to_bin
    from os_ken.ofproto import nx_match
    rule = nx_match.ClsRule()
    rule.set_in_port(1)
    rule.set_dl_type(0x0800)
    rule.set_nw_proto(6)
    rule.set_nw_src_masked(0x0a000000, 0xff000000)
    rule.set_dl_dst_masked(haddr_to_bin("01:00:00:00:00:00"), haddr_to_bin("01:00:00:00:00:00"))
    rule.set_tun_id(0x1234)
    rule.set_reg(0, 7)
    return rule


def nicira(dp, o, p):
    rule = nicira_rule()
    for role in range(3):
        yield f"nx role request {role}", p.NXTRoleRequest(dp, role)
    yield "nx set flow format", p.NXTSetFlowFormat(dp, 2)
    yield "nx flow mod table id", p.NXTFlowModTableId(dp, 1)
    yield "nx set packet in format", p.NXTSetPacketInFormat(dp, 1)
    yield "nx flow age", p.NXTFlowAge(dp)
    yield "nx set async config", p.NXTSetAsyncConfig(dp, [7, 0], [7, 1], [15, 2])
    yield "nx set controller id", p.NXTSetControllerId(dp, 9)
    for command in range(5):
        yield f"nx flow mod {command}", p.NXTFlowMod(dp, 5, command, 10, 20, 100, rule=rule,
                                                     actions=plain_actions(o, p)[:2])
    # os-ken leaves the padding of these out in 1.0.
    for name, action in osken_nicira.actions(p):
        if isinstance(action, (p.NXActionLearn, p.NXActionStackPush, p.NXActionStackPop)):
            continue
        if isinstance(action, p.NXActionCT) and action.actions:
            continue
        yield f"flow mod {name}", p.OFPFlowMod(dp, p.OFPMatch(), 1, o.OFPFC_ADD, actions=[action])
    every = [action for _, action in osken_nicira.actions(p)]
    yield "flow mod every Nicira action", p.OFPFlowMod(dp, p.OFPMatch(), 1, o.OFPFC_ADD, actions=every)
    yield "packet out with Nicira actions", p.OFPPacketOut(dp, 0xffffffff, o.OFPP_NONE, every[:9], PACKET)
