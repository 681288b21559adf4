"""Records what ovs-ofctl and ovs-vswitchd say to each other, by a relay between them.

usage: capture_openvswitch.py FOLDER_OF_DAEMONS TARGET_FOLDER
"""

import socket
import subprocess
import sys
import threading
import time

from openvswitch_commands import COMMANDS, FRAMES, MONITORED, PORTS
from vectors import VectorFile

VERSIONS = {"1.0": "OpenFlow10", "1.3": "OpenFlow13"}

# A table-features answer of 254 tables has hundreds of kilobytes; the file keeps messages of every size up to this,
# and a few larger ones.
LARGE_BYTES = 6000
LARGE_MAX = 3


class Relay:
    """Passes bytes between ovs-ofctl, which connects by TCP, and a bridge's management socket, and keeps the
    messages."""

    def __init__(self, bridge_socket):
        self._bridge_socket = bridge_socket
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"tcp:127.0.0.1:{self._listener.getsockname()[1]}"
        self.messages = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            client, _ = self._listener.accept()
            bridge = socket.socket(socket.AF_UNIX)
            bridge.connect(self._bridge_socket)
            for name, source, sink in (("asks", client, bridge), ("answers", bridge, client)):
                threading.Thread(target=self._pass, args=(name, source, sink), daemon=True).start()

    def _pass(self, name, source, sink):
        rest = b""
        try:
            while piece := source.recv(65536):
                sink.sendall(piece)
                rest += piece
                while len(rest) >= 4 and len(rest) >= (size := int.from_bytes(rest[2:4], "big")):
                    self.messages.append((name, rest[:size]))
                    rest = rest[size:]
        except OSError:
            pass
        finally:
            for end in (source, sink):
                try:
                    end.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass


class Bridge:
    """One dummy bridge that speaks one version, and the relay to it."""

    def __init__(self, folder, version):
        self._folder = folder
        self._version = VERSIONS[version]
        self.name = f"b{version.replace('.', '')}"
        arguments = ["add-br", self.name, "--", "set", "bridge", self.name, "datapath_type=dummy",
                     "fail_mode=secure", f"other-config:datapath-id={version.replace('.', ''):0>16}",
                     f"protocols={self._version}"]
        for number in range(1, PORTS + 1):
            port = f"{self.name}p{number}"
            arguments += ["--", "add-port", self.name, port, "--", "set", "interface", port, "type=dummy",
                          f"ofport_request={number}"]
        self.vsctl(*arguments)
        self.relay = Relay(f"{folder}/{self.name}.mgmt")

    def vsctl(self, *arguments):
        subprocess.run(["ovs-vsctl", f"--db=unix:{self._folder}/db.sock", "--timeout=10", *arguments],
                       check=True, stdout=subprocess.DEVNULL)

    def appctl(self, *arguments):
        subprocess.run(["ovs-appctl", "-t", f"{self._folder}/ovs-vswitchd.ctl", *arguments],
                       check=True, stdout=subprocess.DEVNULL)

    def command(self, arguments, text=None):
        """The program's words for one ovs-ofctl command to this bridge."""
        name = next(i for i, word in enumerate(arguments) if word[0] != "-" and arguments[i - 1] != "-P")
        file = ["-"] if text is not None else []
        return ["ovs-ofctl", "--timeout=10", "-O", self._version, *arguments[:name + 1], self.relay.address,
                *arguments[name + 1:], *file]

    def run(self, arguments, text=None):
        """Runs a command; one that the version refuses still shows how it is refused."""
        subprocess.run(self.command(arguments, text), input=text, text=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def monitor(self, arguments, frames):
        """Runs a monitor while packets come in, rules go and ports change."""
        self.run(["add-flow", "table=0,priority=1,cookie=0x99,actions=controller(max_len=64)"])
        self.run(["add-flow", "table=0,priority=2,udp,actions=load:7->NXM_NX_REG0[],controller"])
        self.run(["add-flow", "table=0,priority=2,icmp,actions=controller(userdata=01.02.03,pause),2"])
        program = subprocess.Popen(self.command(arguments), stdin=subprocess.PIPE,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.5)
        for frame in frames:
            self.appctl("netdev-dummy/receive", f"{self.name}p1", frame)
        self.run(["add-flow", "table=0,priority=9,in_port=5,idle_timeout=7,send_flow_rem,actions=drop"])
        self.run(["del-flows", "in_port=5"])
        self.run(["add-flow", "table=0,priority=9,in_port=6,hard_timeout=1,send_flow_rem,cookie=0x77,actions=drop"])
        self.run(["mod-port", f"{self.name}p2", "down"])
        self.vsctl("add-port", self.name, f"{self.name}new", "--", "set", "interface", f"{self.name}new",
                   "type=dummy", "ofport_request=77")
        self.vsctl("del-port", self.name, f"{self.name}new")
        time.sleep(2.5)
        program.terminate()
        program.wait()


def capture(folder, version, target):
    bridge = Bridge(folder, version)
    vectors = VectorFile("openvswitch", version)
    large = 0
    for arguments, text in COMMANDS(version, bridge.name):
        seen = len(bridge.relay.messages)
        bridge.run(arguments, text)
        time.sleep(0.02)
        large = keep(vectors, " ".join(arguments), bridge.relay.messages[seen:], large)
    for arguments in MONITORED(version):
        seen = len(bridge.relay.messages)
        bridge.monitor(arguments, FRAMES)
        large = keep(vectors, " ".join(arguments), bridge.relay.messages[seen:], large)
    vectors.write(target)


def keep(vectors, command, messages, large):
    message_version = {"1.0": 1, "1.3": 4}[vectors.version]
    for direction, message in messages:
        if len(message) > LARGE_BYTES:
            large += 1
            if large > LARGE_MAX:
                continue
        if message[1] != 0 and message[0] != message_version:
            continue
        vectors.add(f"{direction} {command}".encode("ascii", "replace").decode()[:110], message)
    return large


if __name__ == "__main__":
    for each in VERSIONS:
        capture(sys.argv[1], each, sys.argv[2])
