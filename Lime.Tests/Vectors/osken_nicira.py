"""Nicira's actions, which both versions can carry."""


def actions(p):
    """Pairs of a name and an action."""
    made = [
        p.NXActionSetQueue(queue_id=7), p.NXActionPopQueue(),
        p.NXActionRegLoad(ofs_nbits=4 << 6 | 31, dst="reg0", value=0x12345),
        p.NXActionRegLoad2(dst="tun_ipv4_src", value="192.168.10.0", mask="255.255.255.0"),
        p.NXActionNote(note=[1, 2, 3, 4, 5, 6, 7]), p.NXActionNote(note=[]), p.NXActionSetTunnel(tun_id=0xa),
        p.NXActionSetTunnel64(tun_id=0xa00000000), p.NXActionRegMove("reg0", "reg1", n_bits=16, src_ofs=0, dst_ofs=4),
        p.NXActionResubmit(in_port=8), p.NXActionResubmitTable(in_port=8, table_id=10),
        p.NXActionOutputReg(ofs_nbits=0 << 6 | 15, src="reg0", max_len=1024),
        p.NXActionOutputReg2(ofs_nbits=0 << 6 | 15, src="reg1", max_len=1024),
        p.NXActionLearn(
            table_id=10, specs=[
                p.NXFlowSpecMatch(src=0x800, dst=("eth_type_nxm", 0), n_bits=16),
                p.NXFlowSpecMatch(src=("reg1", 1), dst=("reg2", 3), n_bits=5),
                p.NXFlowSpecMatch(src=("reg3", 1), dst=("reg3", 1), n_bits=5),
                p.NXFlowSpecLoad(src=0, dst=("reg4", 3), n_bits=5),
                p.NXFlowSpecLoad(src=("reg5", 1), dst=("reg6", 3), n_bits=5),
                p.NXFlowSpecOutput(src=("reg7", 1), dst="", n_bits=5)],
            idle_timeout=180, hard_timeout=300, priority=1, cookie=0x64, flags=1, fin_idle_timeout=180,
            fin_hard_timeout=300),
        p.NXActionExit(), p.NXActionDecTtl(), p.NXActionController(max_len=1024, controller_id=1, reason=2),
        p.NXActionController2(max_len=1024, controller_id=5, reason=1, userdata=b"\x01\x02\x03", pause=True),
        p.NXActionDecTtlCntIds(cnt_ids=[1, 2, 3]), p.NXActionPushMpls(ethertype=0x8847),
        p.NXActionPopMpls(ethertype=0x0800), p.NXActionSetMplsTtl(ttl=128), p.NXActionDecMplsTtl(),
        p.NXActionSetMplsLabel(label=0x10), p.NXActionSetMplsTc(tc=0x10), p.NXActionStackPush("reg2", 0, 5),
        p.NXActionStackPop("reg2", 0, 5),
        p.NXActionSample(probability=3, collector_set_id=1, obs_domain_id=2, obs_point_id=3),
        p.NXActionSample2(probability=3, collector_set_id=1, obs_domain_id=2, obs_point_id=3, sampling_port=8080),
        p.NXActionFinTimeout(fin_idle_timeout=30, fin_hard_timeout=60),
        p.NXActionConjunction(clause=1, n_clauses=2, id_=10),
        p.NXActionMultipath(fields=1, basis=1024, algorithm=0, max_link=5, arg=0, ofs_nbits=4 << 6 | 31, dst="reg2"),
        p.NXActionBundle(algorithm=1, fields=1, basis=0, slave_type=0x2, n_slaves=2, ofs_nbits=0, dst=0,
                         slaves=[2, 3]),
        p.NXActionBundleLoad(algorithm=1, fields=1, basis=0, slave_type=0x2, n_slaves=2, ofs_nbits=4 << 6 | 31,
                             dst="reg0", slaves=[2, 3]),
        p.NXActionCT(flags=1, zone_src="reg0", zone_ofs_nbits=0 << 6 | 3, recirc_table=4, alg=0, actions=[]),
        p.NXActionCT(flags=1, zone_src="", zone_ofs_nbits=5, recirc_table=255, alg=21, actions=[
            p.NXActionNAT(flags=1, range_ipv4_min="10.1.12.0", range_ipv4_max="10.1.13.255",
                          range_proto_min=1, range_proto_max=1023)]),
        p.NXActionCTClear(), p.NXActionOutputTrunc(port=8, max_len=1024), p.NXActionEncapEther(),
        p.NXActionDecNshTtl(), p.NXActionUnknown(subtype=77, data=b"\0" * 6),
    ]
    return [(type(action).__name__, action) for action in made]
