"""Messages of OpenFlow 1.3 for os-ken to write."""

import osken_nicira

PACKET = bytes.fromhex("0a00000000020a000000000108004500001c00010000400100000a0000010a0000020800000000010001")

IP = {"eth_type": 0x0800}
IPV6 = {"eth_type": 0x86dd}
ARP = {"eth_type": 0x0806}
TCP = {**IP, "ip_proto": 6}
UDP = {**IP, "ip_proto": 17}
SCTP = {**IP, "ip_proto": 132}
ICMP = {**IP, "ip_proto": 1}
ICMPV6 = {**IPV6, "ip_proto": 58}
MPLS = {"eth_type": 0x8847}
PBB = {"eth_type": 0x88e7}

MATCHES = [
    {}, {"in_port": 1}, {"in_port": 0xfffffffe, "in_phy_port": 3}, {"metadata": 0x1234}, {"metadata": (0x12, 0xff)},
    {"eth_dst": "0a:00:00:00:00:02"}, {"eth_src": ("0a:00:00:00:00:00", "ff:ff:ff:00:00:00")}, {"eth_type": 0x88cc},
    {"vlan_vid": 0}, {"vlan_vid": 0x1064}, {"vlan_vid": (0x1000, 0x1000)}, {"vlan_vid": 0x1001, "vlan_pcp": 5},
    {**IP, "ip_dscp": 46, "ip_ecn": 2}, {**IPV6, "ip_dscp": 1}, {**IP, "ip_proto": 89}, {**IP, "ipv4_src": "10.0.0.1"},
    {**IP, "ipv4_dst": ("10.0.0.0", "255.255.255.0")}, {**IP, "ipv4_src": ("10.0.0.1", "255.0.255.0")},
    {**TCP, "tcp_src": 80, "tcp_dst": 443}, {**UDP, "udp_src": 53, "udp_dst": 53},
    {**SCTP, "sctp_src": 1, "sctp_dst": 2}, {**ICMP, "icmpv4_type": 8, "icmpv4_code": 0}, {**ARP, "arp_op": 2},
    {**ARP, "arp_spa": "10.0.0.1", "arp_tpa": ("10.0.0.0", "255.0.0.0")},
    {**ARP, "arp_sha": "0a:00:00:00:00:01", "arp_tha": ("0a:00:00:00:00:00", "ff:00:00:00:00:00")},
    {**IPV6, "ipv6_src": "2001:db8::1", "ipv6_dst": ("2001:db8::", "ffff:ffff::")},
    {**IPV6, "ipv6_flabel": 0x12345}, {**IPV6, "ipv6_flabel": (0x100, 0xf00)},
    {**ICMPV6, "icmpv6_type": 128, "icmpv6_code": 0},
    {**ICMPV6, "icmpv6_type": 135, "ipv6_nd_target": "fe80::1", "ipv6_nd_sll": "0a:00:00:00:00:01"},
    {**ICMPV6, "icmpv6_type": 136, "ipv6_nd_target": "fe80::1", "ipv6_nd_tll": "0a:00:00:00:00:01"},
    {**MPLS, "mpls_label": 100, "mpls_tc": 3, "mpls_bos": 1}, {**PBB, "pbb_isid": 5}, {**PBB, "pbb_isid": (5, 0xff)},
    {"tunnel_id": 0x99}, {"tunnel_id": (0x90, 0xf0)}, {**IPV6, "ipv6_exthdr": 0x1f}, {**IPV6, "ipv6_exthdr": (1, 3)},
    {**TCP, "tcp_flags": 2}, {**TCP, "tcp_flags": (2, 2)}, {"actset_output": 3}, {**PBB, "pbb_uca": 1},
    {"reg0": 7}, {"reg1": (7, 0xff)}, {"xreg0": 0x123456789}, {"tun_ipv4_src": "1.2.3.4"},
    {**IP, "ct_state": (0x21, 0x21)}, {**IP, "ct_zone": 5, "ct_mark": (1, 3)}, {**IP, "nw_ttl": 64}, {"pkt_mark": 9},
    {"in_port_nxm": 1, "eth_dst_nxm": "0a:00:00:00:00:02", "eth_type_nxm": 0x0800, "ipv4_src_nxm": "10.0.0.1"},
    {"vlan_tci": (0x1000, 0x1000)}, {"conj_id": 3},
    {"in_port": 1, "eth_dst": "0a:00:00:00:00:02", "eth_src": "0a:00:00:00:00:01", "vlan_vid": 0x1005, "vlan_pcp": 1,
     **TCP, "ip_dscp": 5, "ip_ecn": 1, "ipv4_src": "1.2.3.4", "ipv4_dst": "5.6.7.8", "tcp_src": 1, "tcp_dst": 2,
     "metadata": (5, 0xf), "tunnel_id": 3},
]


def messages(dp, o, p):
    """Pairs of a name and a message."""
    yield from connection(dp, o, p)
    yield from rules(dp, o, p)
    yield from groups_and_meters(dp, o, p)
    yield from requests(dp, o, p)
    yield from features(dp, o, p)
    yield from extensions(dp, o, p)


def connection(dp, o, p):
    yield "hello", p.OFPHello(dp, elements=[p.OFPHelloElemVersionBitmap([1, 4])])
    yield "hello without elements", p.OFPHello(dp)
    codes = (2, 14, 16, 9, 12, 8, 15, 5, 3, 3, 3, 3, 12, 6)
    for type_, count in enumerate(codes):
        for code in range(count):
            yield f"error {type_} {code}", p.OFPErrorMsg(dp, type_, code, data=b"\x04\x0e\x00\x50" + bytes(60))
    yield "error of an experimenter", p.OFPErrorMsg(dp, 0xffff, exp_type=2309, experimenter=0x4f4e4600, data=b"abcd")
    yield "echo request", p.OFPEchoRequest(dp, data=b"ping")
    yield "echo reply", p.OFPEchoReply(dp, data=b"ping")
    yield "features request", p.OFPFeaturesRequest(dp)
    yield "get config request", p.OFPGetConfigRequest(dp)
    yield "set config", p.OFPSetConfig(dp, o.OFPC_FRAG_REASM, o.OFPCML_NO_BUFFER)
    yield "barrier request", p.OFPBarrierRequest(dp)
    yield "queue get config request", p.OFPQueueGetConfigRequest(dp, o.OFPP_ANY)
    yield "port mod", p.OFPPortMod(dp, 3, "0a:00:00:00:00:03", 0x65, 0x65, 0xffff)
    yield "table mod", p.OFPTableMod(dp, 255, 3)
    for role in range(4):
        yield f"role request {role}", p.OFPRoleRequest(dp, role, 0x1122334455667788)
    yield "get async request", p.OFPGetAsyncRequest(dp)
    yield "set async", p.OFPSetAsync(dp, [7, 0], [7, 4], [15, 8])
    yield "experimenter", p.OFPExperimenter(dp, 0x1234, 77, b"abcdef")


def actions(o, p):
    made = [
        p.OFPActionOutput(2), p.OFPActionOutput(o.OFPP_CONTROLLER, 128), p.OFPActionOutput(o.OFPP_IN_PORT, 0),
        p.OFPActionCopyTtlOut(), p.OFPActionCopyTtlIn(), p.OFPActionSetMplsTtl(64), p.OFPActionDecMplsTtl(),
        p.OFPActionPushVlan(0x8100), p.OFPActionPushVlan(0x88a8), p.OFPActionPopVlan(), p.OFPActionPushMpls(0x8847),
        p.OFPActionPopMpls(0x0800), p.OFPActionSetQueue(7), p.OFPActionGroup(9), p.OFPActionSetNwTtl(3),
        p.OFPActionDecNwTtl(), p.OFPActionPushPbb(0x88e7), p.OFPActionPopPbb(),
        p.OFPActionExperimenterUnknown(0x1234, b"12345678"),
    ]
    sets = {"eth_dst": "0a:00:00:00:00:02", "eth_src": "0a:00:00:00:00:01", "vlan_vid": 0x1005, "vlan_pcp": 3,
            "ip_dscp": 46, "ip_ecn": 1, "ip_proto": 6, "ipv4_src": "10.0.0.1", "ipv4_dst": "10.0.0.2", "tcp_src": 1,
            "tcp_dst": 2, "udp_src": 3, "udp_dst": 4, "sctp_src": 5, "sctp_dst": 6, "icmpv4_type": 7, "icmpv4_code": 8,
            "arp_op": 2, "arp_spa": "1.2.3.4", "arp_tpa": "1.2.3.5", "arp_sha": "0a:00:00:00:00:03",
            "arp_tha": "0a:00:00:00:00:04", "ipv6_src": "2001:db8::1", "ipv6_dst": "2001:db8::2", "ipv6_flabel": 9,
            "icmpv6_type": 10, "icmpv6_code": 11, "ipv6_nd_target": "fe80::1", "ipv6_nd_sll": "0a:00:00:00:00:05",
            "ipv6_nd_tll": "0a:00:00:00:00:06", "mpls_label": 12, "mpls_tc": 1, "mpls_bos": 1, "pbb_isid": 13,
            "tunnel_id": 14, "metadata": 15, "reg0": 16, "tun_ipv4_dst": "9.9.9.9"}
    return made + [p.OFPActionSetField(**{field: value}) for field, value in sets.items()]


def rules(dp, o, p):
    output = [p.OFPInstructionActions(o.OFPIT_APPLY_ACTIONS, [p.OFPActionOutput(2)])]
    for i, fields in enumerate(MATCHES):
        yield f"flow mod match {' '.join(fields)}", p.OFPFlowMod(
            dp, priority=i, match=p.OFPMatch(**fields), instructions=output)
        yield f"flow request match {' '.join(fields)}", p.OFPFlowStatsRequest(
            dp, 0, i, o.OFPP_ANY, o.OFPG_ANY, i, 0xff, p.OFPMatch(**fields))
    for action in actions(o, p):
        yield f"flow mod {type(action).__name__} {getattr(action, 'key', '')}".strip(), p.OFPFlowMod(
            dp, instructions=[p.OFPInstructionActions(o.OFPIT_APPLY_ACTIONS, [action])])
    for command in range(5):
        for flags in (0, 1, 2, 4, 8, 16, 31):
            yield f"flow mod command {command} flags {flags}", p.OFPFlowMod(
                dp, 0x1122334455667788, 0xff, 200, command, 10, 20, 0xffff, o.OFP_NO_BUFFER, 5, 6, flags,
                p.OFPMatch(in_port=1), output)
    instructions = [
        [], [p.OFPInstructionGotoTable(9)], [p.OFPInstructionWriteMetadata(5, 0xff)], [p.OFPInstructionMeter(3)],
        [p.OFPInstructionActions(o.OFPIT_CLEAR_ACTIONS, [])],
        [p.OFPInstructionActions(o.OFPIT_WRITE_ACTIONS, actions(o, p)[:6])],
        [p.OFPInstructionActions(o.OFPIT_WRITE_ACTIONS, [])], [p.OFPInstructionActions(o.OFPIT_APPLY_ACTIONS, [])],
        [p.OFPInstructionMeter(3), *output, p.OFPInstructionActions(o.OFPIT_CLEAR_ACTIONS, []),
         p.OFPInstructionActions(o.OFPIT_WRITE_ACTIONS, [p.OFPActionGroup(1)]),
         p.OFPInstructionWriteMetadata(5, 0xff), p.OFPInstructionGotoTable(9)],
        [p.OFPInstructionGotoTable(9), *output, p.OFPInstructionMeter(3)],
    ]
    for i, each in enumerate(instructions):
        yield f"flow mod instructions {i}", p.OFPFlowMod(dp, table_id=1, instructions=each)
    yield "flow mod all actions", p.OFPFlowMod(
        dp, instructions=[p.OFPInstructionActions(o.OFPIT_APPLY_ACTIONS, actions(o, p))])
    for in_port in (o.OFPP_ANY, o.OFPP_CONTROLLER, 1):
        yield f"packet out {in_port}", p.OFPPacketOut(dp, o.OFP_NO_BUFFER, in_port, actions(o, p)[:3], PACKET)
    yield "packet out of a buffer", p.OFPPacketOut(dp, 77, 1, [p.OFPActionOutput(o.OFPP_TABLE)])


def groups_and_meters(dp, o, p):
    buckets = [p.OFPBucket(10, 1, o.OFPG_ANY, [p.OFPActionOutput(1)]),
               p.OFPBucket(20, o.OFPP_ANY, 7, [p.OFPActionSetField(eth_dst="0a:00:00:00:00:02"), p.OFPActionOutput(2)]),
               p.OFPBucket(0, o.OFPP_ANY, o.OFPG_ANY, [])]
    for command in range(3):
        for type_ in range(4):
            yield f"group mod {command} {type_}", p.OFPGroupMod(dp, command, type_, 5, buckets)
    yield "group mod delete all", p.OFPGroupMod(dp, o.OFPGC_DELETE, 0, o.OFPG_ALL, [])
    bands = [p.OFPMeterBandDrop(1000, 50), p.OFPMeterBandDscpRemark(500, 20, 1),
             p.OFPMeterBandExperimenter(1, 2, 0x1234)]
    for command in range(3):
        yield f"meter mod {command}", p.OFPMeterMod(dp, command, o.OFPMF_KBPS | o.OFPMF_BURST, 5, bands[:2])
    yield "meter mod with an experimenter's band", p.OFPMeterMod(dp, 0, o.OFPMF_PKTPS | o.OFPMF_STATS, 6, bands)
    yield "meter mod delete all", p.OFPMeterMod(dp, o.OFPMC_DELETE, 0, o.OFPM_ALL, [])


def requests(dp, o, p):
    match = p.OFPMatch(in_port=1, eth_type=0x0800)
    for flags in (0, o.OFPMPF_REQ_MORE):
        yield f"desc request {flags}", p.OFPDescStatsRequest(dp, flags)
        yield f"flow request {flags}", p.OFPFlowStatsRequest(dp, flags, 255, 3, 4, 5, 0xff, match)
        yield f"aggregate request {flags}", p.OFPAggregateStatsRequest(dp, flags, 1, 3, 4, 5, 0xff, match)
        yield f"table request {flags}", p.OFPTableStatsRequest(dp, flags)
        yield f"port request {flags}", p.OFPPortStatsRequest(dp, flags, o.OFPP_ANY)
        yield f"queue request {flags}", p.OFPQueueStatsRequest(dp, flags, o.OFPP_ANY, o.OFPQ_ALL)
        yield f"group request {flags}", p.OFPGroupStatsRequest(dp, flags, o.OFPG_ALL)
        yield f"group desc request {flags}", p.OFPGroupDescStatsRequest(dp, flags)
        yield f"group features request {flags}", p.OFPGroupFeaturesStatsRequest(dp, flags)
        yield f"meter request {flags}", p.OFPMeterStatsRequest(dp, flags, o.OFPM_ALL)
        yield f"meter config request {flags}", p.OFPMeterConfigStatsRequest(dp, flags, 5)
        yield f"meter features request {flags}", p.OFPMeterFeaturesStatsRequest(dp, flags)
        yield f"port desc request {flags}", p.OFPPortDescStatsRequest(dp, flags)
        yield f"experimenter request {flags}", p.OFPExperimenterStatsRequest(dp, flags, 0x1234, 77, b"abcd")
    yield "flow monitor request", p.ONFFlowMonitorStatsRequest(dp, 0, [p.ONFFlowMonitorRequest(1, 3, match, 4, 5)])


def features(dp, o, p):
    ids = [p.OFPInstructionId(type_) for type_ in range(1, 7)]
    oxm = [p.OFPOxmId("in_port"), p.OFPOxmId("eth_dst", hasmask=True), p.OFPOxmId("ipv6_src")]
    acts = [p.OFPActionId(type_) for type_ in (0, 11, 17, 18, 25, 77)]
    properties = [
        p.OFPTableFeaturePropInstructions(type_=o.OFPTFPT_INSTRUCTIONS, instruction_ids=ids),
        p.OFPTableFeaturePropInstructions(type_=o.OFPTFPT_INSTRUCTIONS_MISS, instruction_ids=ids[:1]),
        p.OFPTableFeaturePropNextTables(type_=o.OFPTFPT_NEXT_TABLES, table_ids=list(range(1, 255))),
        p.OFPTableFeaturePropNextTables(type_=o.OFPTFPT_NEXT_TABLES_MISS, table_ids=[3]),
    ]
    properties += [p.OFPTableFeaturePropActions(type_=type_, action_ids=acts)
                   for type_ in (o.OFPTFPT_WRITE_ACTIONS, o.OFPTFPT_WRITE_ACTIONS_MISS, o.OFPTFPT_APPLY_ACTIONS,
                                 o.OFPTFPT_APPLY_ACTIONS_MISS)]
    properties += [p.OFPTableFeaturePropOxm(type_=type_, oxm_ids=oxm)
                   for type_ in (o.OFPTFPT_MATCH, o.OFPTFPT_WILDCARDS, o.OFPTFPT_WRITE_SETFIELD,
                                 o.OFPTFPT_WRITE_SETFIELD_MISS, o.OFPTFPT_APPLY_SETFIELD,
                                 o.OFPTFPT_APPLY_SETFIELD_MISS)]
    properties.append(p.OFPTableFeaturePropExperimenter(type_=o.OFPTFPT_EXPERIMENTER, experimenter=0x1234, exp_type=5,
                                                        data=[1, 2]))
    table = p.OFPTableFeaturesStats(3, b"table three", 0xff, 0xf, 3, 1000, properties)
    bare = p.OFPTableFeaturesStats(4, b"bare", 0, 0, 0, 0, [])
    yield "table features request that asks", p.OFPTableFeaturesStatsRequest(dp, 0, [])
    yield "table features request that sets", p.OFPTableFeaturesStatsRequest(dp, o.OFPMPF_REQ_MORE, [table, bare])
    yield "table features request that ends", p.OFPTableFeaturesStatsRequest(dp, 0, [bare])


def extensions(dp, o, p):
    rule = p.OFPFlowMod(dp, instructions=[])
    for type_ in range(8):
        yield f"bundle control {type_}", p.ONFBundleCtrlMsg(dp, 5, type_, 3, [])
    yield "bundle add a flow mod", p.ONFBundleAddMsg(dp, 5, 3, rule, [])
    yield "bundle add a group mod", p.ONFBundleAddMsg(
        dp, 5, 3, p.OFPGroupMod(dp, 0, 0, 5, []), [])
    yield "bundle add a port mod", p.ONFBundleAddMsg(
        dp, 5, 3, p.OFPPortMod(dp, 3, "0a:00:00:00:00:03", 0, 1, 0), [])
    yield "nx set packet in format", p.NXTSetPacketInFormatMsg(dp, 2)
    for name, action in osken_nicira.actions(p):
        yield f"flow mod {name}", p.OFPFlowMod(
            dp, instructions=[p.OFPInstructionActions(o.OFPIT_APPLY_ACTIONS, [action])])
