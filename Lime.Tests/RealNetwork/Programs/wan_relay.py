"""Joins two namespaces by a tap in each, over which a frame takes its time, and counts what VXLAN carries.

usage: wan_relay.py NAMESPACE NAMESPACE LINK DELAY_MS
Prints 'ready' when both taps are there. Ends on SIGINT; the last line is the count as JSON: frames in all, those of them
that are VXLAN, and of these the ones that carry IPv4.
"""
import collections
import ctypes
import fcntl
import json
import os
import select
import signal
import struct
import sys
import time

CLONE_NEWNET = 0x40000000
TUNSETIFF = 0x400454CA
IFF_TAP, IFF_NO_PI = 0x0002, 0x1000
FRAME_BYTES_MAX = 4096
# Outer Ethernet, IPv4 without options, UDP and VXLAN (RFC 7348, section 5).
OUTER_BYTES = 14 + 20 + 8 + 8
VXLAN_PORT = 4789

stopping = False


def stop(*_):
    global stopping
    stopping = True


def open_tap(namespace, link):
    """The new link is in the namespace in which it is made; the file serves from any."""
    libc = ctypes.CDLL(None, use_errno=True)
    handle = os.open(f"/run/netns/{namespace}", os.O_RDONLY)
    if libc.setns(handle, CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), f"setns {namespace}")
    os.close(handle)
    tap = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(tap, TUNSETIFF, struct.pack("16sH22x", link.encode(), IFF_TAP | IFF_NO_PI))
    return tap


def count_frame(frame, count):
    count["frames"] += 1
    is_udp = frame[12:14] == b"\x08\x00" and len(frame) >= OUTER_BYTES + 14 and frame[23] == 17
    if is_udp and int.from_bytes(frame[36:38], "big") == VXLAN_PORT:
        count["vxlan"] += 1
        if frame[OUTER_BYTES + 12:OUTER_BYTES + 14] == b"\x08\x00":
            count["inner"] += 1


def main():
    signal.signal(signal.SIGINT, stop)
    delay = float(sys.argv[4]) / 1000
    taps = [open_tap(namespace, sys.argv[3]) for namespace in sys.argv[1:3]]
    other = {taps[0]: taps[1], taps[1]: taps[0]}
    waiting = collections.deque()
    poll = select.epoll()
    for tap in taps:
        poll.register(tap, select.EPOLLIN)
    count = {"frames": 0, "vxlan": 0, "inner": 0, "latestMs": 0.0}
    print("ready", flush=True)
    while not stopping:
        timeout = 0.1 if not waiting else max(0.0, waiting[0][0] - time.monotonic())
        for tap, _ in poll.poll(timeout):
            while True:
                try:
                    frame = os.read(tap, FRAME_BYTES_MAX)
                except BlockingIOError:
                    break
                except OSError:
                    break  # The link is down.
                count_frame(frame, count)
                waiting.append((time.monotonic() + delay, other[tap], frame))
        now = time.monotonic()
        while waiting and waiting[0][0] <= now:
            due, to, frame = waiting.popleft()
            count["latestMs"] = max(count["latestMs"], 1000 * (now - due))
            try:
                os.write(to, frame)
            except OSError:
                pass  # The link is down.
    print(json.dumps(count), flush=True)


main()
