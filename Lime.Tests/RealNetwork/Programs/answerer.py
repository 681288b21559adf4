"""Answers every question over UDP at once with its own bytes, and besides sends what nobody asked for.

usage: answerer.py PORT UNASKED_ADDRESS UNASKED_PER_SECOND
Ends on SIGINT; the last line is the count as JSON.
"""
import json
import select
import signal
import socket
import sys
import time

UNASKED_PORTS = range(50000, 50010)

stopping = False


def stop(*_):
    global stopping
    stopping = True


def main():
    signal.signal(signal.SIGINT, stop)
    questions = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    questions.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
    questions.bind(("", int(sys.argv[1])))
    interval = 1 / float(sys.argv[3])
    count = {"arrived": 0, "unasked": 0}
    next_unasked = time.monotonic()
    print("ready", flush=True)
    while not stopping:
        readable, _, _ = select.select([questions], [], [], max(0.0, next_unasked - time.monotonic()))
        if readable:
            question, origin = questions.recvfrom(2048)
            questions.sendto(question, origin)
            count["arrived"] += 1
        if time.monotonic() >= next_unasked:
            port = UNASKED_PORTS[count["unasked"] % len(UNASKED_PORTS)]
            questions.sendto(b"unasked", (sys.argv[2], port))
            count["unasked"] += 1
            next_unasked += interval
    print(json.dumps(count), flush=True)


main()
