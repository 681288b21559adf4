"""Asks a host over UDP, each question from a port of its own, and counts answers and what nobody asked for.

usage: asker.py ADDRESS PORT QUESTIONS_PER_SECOND FIRST_OWN_PORT
Ends on SIGINT, after a second in which answers may still come; the last line is the count as JSON.
"""
import json
import select
import signal
import socket
import sys
import time

PORT_COUNT = 6000
UNASKED_PORTS = range(50000, 50010)
PATIENCE_S = 1.0

target = (sys.argv[1], int(sys.argv[2]))
interval = 1 / float(sys.argv[3])
first_port = int(sys.argv[4])
stopping = False


def stop(*_):
    global stopping
    stopping = True


def bound(port):
    opened = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    opened.bind(("", port))
    opened.setblocking(False)
    return opened


def main():
    signal.signal(signal.SIGINT, stop)
    poll = select.epoll()
    unasked = {each.fileno(): each for each in map(bound, UNASKED_PORTS)}
    for fd in unasked:
        poll.register(fd, select.EPOLLIN)
    waiting, closing = {}, []
    count = {"asked": 0, "answered": 0, "twice": 0, "wrong": 0, "illegal": 0, "slowestMs": 0.0}
    next_ask = time.monotonic()
    end = None
    print("ready", flush=True)
    while end is None or time.monotonic() < end:
        now = time.monotonic()
        if stopping and end is None:
            end = now + PATIENCE_S
        if end is None and now >= next_ask:
            asked = bound(first_port + count["asked"] % PORT_COUNT)
            asked.sendto(str(count["asked"]).encode(), target)
            waiting[asked.fileno()] = [asked, str(count["asked"]).encode(), now, 0]
            poll.register(asked.fileno(), select.EPOLLIN)
            closing.append((now + PATIENCE_S, asked.fileno()))
            count["asked"] += 1
            next_ask += interval
        while closing and closing[0][0] < now and end is None:
            _, fd = closing.pop(0)
            poll.unregister(fd)
            waiting.pop(fd)[0].close()
        for fd, _ in poll.poll(max(0.0, min(interval, next_ask - time.monotonic()))):
            if fd in unasked:
                unasked[fd].recv(2048)
                count["illegal"] += 1
                continue
            entry = waiting[fd]
            wrong = entry[0].recv(2048) != entry[1]
            count["wrong"] += wrong
            count["answered" if entry[3] == 0 else "twice"] += 1
            entry[3] += 1
            count["slowestMs"] = max(count["slowestMs"], 1000 * (time.monotonic() - entry[2]))
    print(json.dumps(count), flush=True)


main()
