namespace Lime.Tests.Emulation;

/// <summary>A learning switch for OpenFlow 1.3 on os-ken: a table-miss rule, and a rule a pair of addresses.</summary>
internal static class LearningApp13
{
    public const string Text = """
        from os_ken.base import app_manager
        from os_ken.controller import ofp_event
        from os_ken.controller.handler import CONFIG_DISPATCHER, MAIN_DISPATCHER, set_ev_cls
        from os_ken.lib.packet import ethernet, packet
        from os_ken.ofproto import ofproto_v1_3


        class Learning(app_manager.OSKenApp):
            OFP_VERSIONS = [ofproto_v1_3.OFP_VERSION]

            def __init__(self, *args, **kwargs):
                super().__init__(*args, **kwargs)
                self.places = {}

            @set_ev_cls(ofp_event.EventOFPSwitchFeatures, CONFIG_DISPATCHER)
            def on_features(self, event):
                path = event.msg.datapath
                parser, proto = path.ofproto_parser, path.ofproto
                to_controller = parser.OFPActionOutput(proto.OFPP_CONTROLLER, proto.OFPCML_NO_BUFFER)
                self.add(path, 0, parser.OFPMatch(), [to_controller])

            def add(self, path, priority, match, actions):
                parser, proto = path.ofproto_parser, path.ofproto
                apply = parser.OFPInstructionActions(proto.OFPIT_APPLY_ACTIONS, actions)
                path.send_msg(parser.OFPFlowMod(
                    datapath=path, priority=priority, match=match, instructions=[apply]))

            @set_ev_cls(ofp_event.EventOFPPacketIn, MAIN_DISPATCHER)
            def on_packet_in(self, event):
                message = event.msg
                path = message.datapath
                parser, proto = path.ofproto_parser, path.ofproto
                in_port = message.match["in_port"]
                header = packet.Packet(message.data).get_protocol(ethernet.ethernet)
                self.places[path.id, header.src] = in_port
                port = self.places.get((path.id, header.dst), proto.OFPP_FLOOD)
                actions = [parser.OFPActionOutput(port)]
                if port != proto.OFPP_FLOOD:
                    match = parser.OFPMatch(in_port=in_port, eth_dst=header.dst, eth_src=header.src)
                    self.add(path, 1, match, actions)
                path.send_msg(parser.OFPPacketOut(
                    datapath=path, buffer_id=proto.OFP_NO_BUFFER, in_port=in_port,
                    actions=actions, data=message.data))
        """;
}
