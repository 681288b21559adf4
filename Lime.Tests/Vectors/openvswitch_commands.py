"""What ovs-ofctl is asked to do: every command that puts a message of its own on the wire."""

PORTS = 8

# What a host sends into port 1: ARP, TCP with a VLAN tag, UDP, ICMP, IPv6 neighbour solicitation, MPLS.
FRAMES = [
    "ffffffffffff0a00000000010806000108000604000" "10a00000000010a0000010000000000000a000002",
    "0a00000000020a0000000001810060640800450000280001000040060000" "0a0000010a000002" "1f90005000000001000000005002200000000000",
    "0a00000000020a00000000010800450000200001000040110000" "0a0000010a000002" "0fa00fa1" "000c0000" "00000000",
    "0a00000000020a00000000010800450000" "1c0001000040010000" "0a0000010a000002" "0800000000010001",
    "3333ff0000020a000000000186dd6000000000203afffe800000000000000000000000000001ff0200000000000000000001ff000002"
    "8700000000000000fe80000000000000000000000000000201010a0000000001",
    "0a00000000020a00000000018847000641404500001c0001000040010000" "0a0000010a000002" "0800000000010001",
]

MATCHES_ANY = [
    "in_port=1", "dl_src=0a:00:00:00:00:01", "dl_dst=0a:00:00:00:00:02", "dl_type=0x88cc", "dl_vlan=100",
    "dl_vlan=0xffff", "dl_vlan_pcp=5", "dl_vlan=7,dl_vlan_pcp=0", "ip,nw_src=10.0.0.1", "ip,nw_dst=10.0.0.0/24",
    "ip,nw_proto=89", "ip,nw_tos=184", "tcp,tp_src=80", "tcp,tp_dst=443", "udp,tp_src=53,tp_dst=53",
    "icmp,icmp_type=8,icmp_code=0", "arp,arp_op=1", "arp,arp_spa=10.0.0.1,arp_tpa=10.0.0.2",
    "in_port=LOCAL,ip,nw_src=10.1.0.0/16,nw_dst=10.2.0.0/16",
    "in_port=1,dl_vlan=1,dl_vlan_pcp=1,dl_src=0a:00:00:00:00:01,dl_dst=0a:00:00:00:00:02,tcp,nw_tos=4,"
    "nw_src=1.2.3.4,nw_dst=5.6.7.8,tp_src=1,tp_dst=2",
]

# 1.0 says these in Nicira's extended matches, 1.3 in its own fields or Open vSwitch's.
MATCHES_EXTENDED = [
    "dl_dst=01:00:00:00:00:00/01:00:00:00:00:00", "dl_src=0a:00:00:00:00:00/ff:ff:00:00:00:00",
    "vlan_tci=0x1000/0x1000", "vlan_tci=0x1064/0x1fff", "vlan_tci=0", "ip,nw_src=10.0.0.1/255.0.255.0",
    "ip,nw_ecn=1", "ip,nw_ttl=64", "ip,nw_frag=yes", "ip,nw_frag=not_later", "tcp,tp_dst=0x1000/0xf000",
    "tcp,tcp_flags=+syn-ack", "udp,tp_src=0x8000/0x8000", "sctp,tp_dst=99", "arp,arp_sha=0a:00:00:00:00:01",
    "arp,arp_tha=0a:00:00:00:00:02", "rarp", "ipv6,ipv6_src=2001:db8::1", "ipv6,ipv6_dst=2001:db8::/32",
    "ipv6,ipv6_label=0x12345", "ipv6,nw_ttl=1", "tcp6,tp_dst=80", "udp6,tp_dst=53", "sctp6,tp_src=1",
    "icmp6,icmp_type=135,nd_target=fe80::2,nd_sll=0a:00:00:00:00:01",
    "icmp6,icmp_type=136,nd_target=fe80::2,nd_tll=0a:00:00:00:00:02", "icmp6,icmp_type=128,icmp_code=0",
    "mpls,mpls_label=100", "mpls,mpls_tc=3,mpls_bos=1", "mplsm,mpls_label=7", "mpls,mpls_ttl=9",
    "tun_id=0x1234", "tun_id=0x1200/0xff00", "tun_src=1.2.3.4,tun_dst=5.6.7.8", "tun_ipv6_dst=2001:db8::9",
    "tun_gbp_id=5", "metadata=0x1234567890", "metadata=0x12/0xff", "reg0=1,reg1=0x2/0xff", "reg15=7",
    "xreg0=0x123456789", "xxreg0=0x1", "pkt_mark=0x9", "pkt_mark=0x8/0xc", "actset_output=2",
    "ct_state=+trk+est,ip", "ct_state=-trk", "ct_zone=5,ip", "ct_mark=0x1/0x3,ip", "ct_label=0x1/0x3,ip",
    "ct_state=+trk,ip,ct_nw_src=10.0.0.1", "recirc_id=0", "conj_id=7,ip", "dp_hash=1/1", "nsh,nsh_mdtype=1",
    "packet_type=(0,0)",
]

ACTIONS_ANY = [
    "drop", "output:2", "2,3,IN_PORT", "NORMAL", "FLOOD", "ALL", "LOCAL", "CONTROLLER", "CONTROLLER:128",
    "controller(max_len=64)", "mod_vlan_vid:5,2", "mod_vlan_pcp:3,2", "strip_vlan,2",
    "mod_dl_src:0a:00:00:00:00:09,2", "mod_dl_dst:0a:00:00:00:00:08,2", "mod_nw_src:9.9.9.9,2",
    "mod_nw_dst:8.8.8.8,2", "mod_nw_tos:32,2", "mod_tp_src:1000,2", "mod_tp_dst:2000,2", "enqueue:2:1",
    "set_queue:7,2", "pop_queue,2", "mod_nw_ecn:2,2", "mod_nw_ttl:3,2", "dec_ttl,2", "dec_ttl(1,2),2",
    "push_vlan:0x8100,mod_vlan_vid:9,2", "push_vlan:0x88a8,2", "pop_vlan,2", "push_mpls:0x8847,2",
    "set_mpls_label:55,2", "set_mpls_tc:2,2", "set_mpls_ttl:9,2", "dec_mpls_ttl,2", "pop_mpls:0x0800,2",
    "set_tunnel:5,2", "set_tunnel64:0x500000000,2", "load:0x5->NXM_NX_REG0[],2",
    "load:1->NXM_OF_IN_PORT[],2", "move:NXM_OF_ETH_SRC[]->NXM_OF_ETH_DST[],2",
    "set_field:0a:00:00:00:00:07->eth_dst,2", "set_field:10.9.8.7->ip_src,2", "set_field:0x123->tun_id,2",
    "set_field:0x5/0xf->reg3,2", "set_field:2001:db8::5->ipv6_dst,2", "set_field:77->tcp_dst,2",
    "set_field:0x77->metadata,2", "resubmit:3", "resubmit(,5)", "resubmit(2,5)", "resubmit(,5,ct)",
    "learn(table=1,hard_timeout=60,NXM_OF_VLAN_TCI[0..11],NXM_OF_ETH_DST[]=NXM_OF_ETH_SRC[],"
    "output:NXM_OF_IN_PORT[])",
    "learn(table=2,idle_timeout=5,priority=3,cookie=0x9,send_flow_rem,delete_learned,eth_type=0x800,"
    "NXM_OF_IP_DST[]=NXM_OF_IP_SRC[],load:NXM_OF_IN_PORT[]->NXM_NX_REG0[0..15])",
    "learn(limit=5,table=2,result_dst=reg0[0],NXM_OF_ETH_DST[]=NXM_OF_ETH_SRC[])",
    "conjunction(7,1/2)", "ct", "ct(commit)", "ct(table=3,zone=5)",
    "ct(commit,zone=NXM_NX_REG0[0..15],exec(load:1->NXM_NX_CT_MARK[]))",
    "ct(commit,force,nat(src=10.0.0.1-10.0.0.9:1000-2000,persistent,hash))", "ct(nat)", "ct(commit,alg=ftp)",
    "ct_clear,2", "multipath(eth_src,50,modulo_n,1,0,NXM_NX_REG0[])",
    "bundle(eth_src,0,hrw,ofport,members:1,2,3)", "bundle_load(symmetric_l4,0,active_backup,ofport,reg0,members:1,2)",
    "output:NXM_NX_REG0[0..15]", "output:reg1[16..31]", "output(port=1,max_len=100)", "note:00.11.22.33.44.55.66.77",
    "note:", "exit", "push:NXM_NX_REG0[],pop:NXM_NX_REG1[],2", "fin_timeout(idle_timeout=3,hard_timeout=9)",
    "sample(probability=1000,collector_set_id=1,obs_domain_id=2,obs_point_id=3)", "clone(2,3)",
    "controller(reason=invalid_ttl,max_len=99,id=3)", "controller(userdata=01.02.03.04,pause)",
    "check_pkt_larger(1500)->NXM_NX_REG0[0]", "encap(nsh(md_type=1)),2", "decap(),2",
    "encap(nsh(md_type=2,tlv(0x1000,10,0x12345678))),2", "delete_field:tun_metadata0,2", "debug_recirc",
]

INSTRUCTIONS = [
    "goto_table:7", "write_actions(output:3)", "clear_actions,goto_table:3", "write_metadata:0x5",
    "write_metadata:0xff00/0xff00,goto_table:9", "meter:1,output:2", "meter:2,goto_table:4",
    "set_field:5->vlan_vid,2,write_actions(set_field:6->vlan_pcp,group:1),write_metadata:0x1/0x1,goto_table:200",
    "apply_actions(output:2),clear_actions,write_actions(dec_ttl,set_queue:1,output:1)", "group:1",
    "push_vlan:0x8100,set_field:4196->vlan_vid,push_mpls:0x8847,set_field:3->mpls_label,group:2",
    "copy_ttl_out,2", "copy_ttl_in,2", "push_pbb:0x88e7,2", "write_actions()", "clear_actions",
]

GROUPS = [
    "group_id=1,type=all,bucket=output:1,bucket=output:2",
    "group_id=2,type=select,bucket=weight:10,set_field:0a:00:00:00:00:05->eth_dst,output:1,bucket=weight:20,output:2",
    "group_id=3,type=indirect,bucket=output:3",
    "group_id=4,type=ff,bucket=watch_port:1,output:1,bucket=watch_port:2,output:2",
    "group_id=5,type=ff,bucket=watch_group:1,output:1",
    "group_id=6,type=all", "group_id=4294967040,type=all,bucket=push_vlan:0x8100,output:1",
]

METERS = [
    "meter=1,kbps,band=type=drop,rate=1000", "meter=2,pktps,burst,stats,band=type=drop,rate=5,burst_size=9",
    "meter=3,kbps,stats,band=type=dscp_remark,rate=100,prec_level=14",
    "meter=4,kbps,burst,band=type=drop,rate=10,burst_size=1,band=type=dscp_remark,rate=5,burst_size=2,prec_level=1",
    "meter=controller,pktps,band=type=drop,rate=100",
]


def COMMANDS(version, bridge):
    """Pairs of a command's words and what it reads from its standard input, or None."""
    is13 = version == "1.3"
    rules = [f"table={i % 2},priority={100 + i},{match},actions=output:2" for i, match in enumerate(MATCHES_ANY)]
    rules += [f"priority={i},{match},actions=drop" for i, match in enumerate(MATCHES_EXTENDED)]
    rules += [f"priority={i},in_port={1 + i % 8},ip,actions={action}" for i, action in enumerate(ACTIONS_ANY)]
    rules += [f"priority={i},tcp,in_port=3,actions={action}" for i, action in enumerate(INSTRUCTIONS) if is13]
    rules += [
        "cookie=0x123456789abcdef0,idle_timeout=10,hard_timeout=20,send_flow_rem,check_overlap,in_port=2,actions=3",
        "reset_counts,in_port=2,actions=3", "no_packet_counts,no_byte_counts,in_port=2,actions=3",
        "out_port=3,in_port=2,actions=4", "importance=5,in_port=2,actions=4",
    ]
    commands = [([each], None) for each in ("show", "dump-desc", "dump-tables", "dump-ports", "dump-ports-desc")]
    if is13:
        commands += [(["add-group", group], None) for group in GROUPS]
        commands += [(["mod-group", GROUPS[0].replace("output:2", "output:4")], None),
                     (["--bundle", "add-groups"], "\n".join(g.replace("group_id=", "group_id=10") for g in GROUPS[:3]))]
        commands += [(["add-meter", meter], None) for meter in METERS]
        commands += [(["mod-meter", METERS[0].replace("1000", "2000")], None)]
    commands += [(["add-flow", rule], None) for rule in rules]
    commands += [
        (["add-flows"], "\n".join(rules[:20])), (["--bundle", "add-flows"], "\n".join(rules[:6])),
        (["replace-flows"], "\n".join(rules[:12])), (["mod-flows", "in_port=1,actions=5"], None),
        (["--strict", "mod-flows", "priority=100,in_port=1,actions=6"], None),
        (["mod-flows", "cookie=0x1/0xff,in_port=1,actions=5"], None),
        (["del-flows", "in_port=7"], None), (["--strict", "del-flows", "priority=100,in_port=1"], None),
        (["del-flows", "out_port=6"], None), (["del-flows", "cookie=0x5/-1"], None), (["del-flows", "table=3"], None),
        (["dump-flows"], None), (["dump-flows", "table=1,in_port=1"], None), (["dump-flows", "out_port=2"], None),
        (["dump-flows", "ipv6"], None), (["dump-flows", "cookie=0x123/0xfff"], None),
        (["dump-aggregate"], None), (["dump-aggregate", "table=0,ip"], None), (["dump-aggregate", "ipv6"], None),
        (["queue-stats"], None), (["queue-stats", "1"], None), (["queue-stats", "ALL", "3"], None),
        (["queue-stats", "99", "3"], None),
        (["queue-get-config", "1"], None), (["queue-get-config", "99"], None), (["dump-ports", "1"], None),
        (["get-frags"], None), (["set-frags", "drop"], None), (["set-frags", "nx-match"], None),
        (["set-frags", "normal"], None), (["mod-port", f"{bridge}p3", "no-flood"], None),
        (["mod-port", f"{bridge}p3", "no-receive"], None), (["mod-port", f"{bridge}p3", "no-forward"], None),
        (["mod-port", f"{bridge}p3", "no-packet-in"], None), (["mod-port", f"{bridge}p3", "down"], None),
        (["mod-port", f"{bridge}p3", "up"], None), (["mod-table", "0", "controller"], None),
        (["mod-table", "0", "continue"], None), (["mod-table", "0", "evict"], None),
        (["probe"], None), (["ping"], None), (["dump-ipfix-bridge"], None), (["dump-tlv-map"], None),
        (["add-tlv-map", "{class=0xffff,type=0,len=4}->tun_metadata0"], None), (["dump-tlv-map"], None),
        (["del-tlv-map"], None), (["ct-flush-zone", "5"], None), (["ct-flush"], None),
        (["ct-flush", "zone=5", "ct_nw_src=10.0.0.1,ct_nw_proto=17"], None),
        (["dump-table-features"], None), (["dump-group-features"], None), (["dump-groups"], None),
        (["dump-groups", "1"], None), (["dump-group-stats"], None), (["dump-group-stats", "group_id=1"], None),
        (["meter-features"], None), (["dump-meters"], None), (["dump-meter", "meter=1"], None),
        (["meter-stats"], None), (["meter-stats", "meter=2"], None), (["meter-stats", "meter=99"], None),
        (["bundle"], None), (["--bundle", "bundle"], "flow add in_port=1,actions=2\nflow delete in_port=1"),
        (["packet-out", "in_port=1,packet=" + FRAMES[0] + ",actions=2"], None),
        (["packet-out", "in_port=CONTROLLER,packet=" + FRAMES[1] + ",actions=TABLE"], None),
        (["packet-out", "in_port=NONE,packet=" + FRAMES[2] + ",actions=set_field:1.2.3.4->ip_dst,FLOOD"], None),
        (["packet-out", "in_port=LOCAL,packet=" + FRAMES[4] + ",actions=resubmit(,3),CONTROLLER"], None),
    ]
    if is13:
        commands += [(["insert-buckets", "group_id=1,command_bucket_id=last,bucket=output:7"], None),
                     (["remove-buckets", "group_id=1,command_bucket_id=all"], None),
                     (["del-groups", "group_id=3"], None), (["del-groups"], None),
                     (["del-meter", "meter=1"], None), (["del-meters"], None),
                     (["add-group", "group_id=9,type=all,bucket=output:99999"], None),
                     (["add-flow", "actions=group:77"], None), (["add-flow", "actions=goto_table:0"], None)]
    return commands + [(["del-flows"], None)]


def MONITORED(version):
    """Monitors that run while something happens; rules that send packets to the controller come first."""
    kinds = [["-P", "standard", "monitor", "65534"], ["-P", "standard", "monitor", "128"], ["monitor", "128"],
             ["-P", "nxt_packet_in", "monitor", "65534"], ["monitor", "watch:"],
             ["monitor", "128", "resume"], ["monitor", "65534", "invalid_ttl"]]
    return kinds + ([["-P", "nxt_packet_in2", "monitor", "65534"]] if version == "1.3" else [])
