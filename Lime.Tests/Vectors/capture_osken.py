"""Records what os-ken's encoders write for the messages that it can write.

usage: capture_osken.py TARGET_FOLDER
"""

import sys

from os_ken.ofproto import ofproto_protocol

import osken_10
import osken_13
from vectors import VectorFile


def capture(version, number, messages, target):
    vectors = VectorFile("os-ken", version)
    datapath = ofproto_protocol.ProtocolDesc(version=number)
    for name, message in messages(datapath, datapath.ofproto, datapath.ofproto_parser):
        message.set_xid(0x5eed)
        message.serialize()
        vectors.add(name, message.buf)
    vectors.write(target)


if __name__ == "__main__":
    capture("1.0", 1, osken_10.messages, sys.argv[1])
    capture("1.3", 4, osken_13.messages, sys.argv[1])
