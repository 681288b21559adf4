"""Asks a host over UDP, each question from a port of its own, and counts answers and what nobody asked for.

usage: asker.py ADDRESS PORT QUESTIONS_PER_SECOND FIRST_OWN_PORT
Ends on SIGINT, when all is answered or was waited for; the last line is the count as JSON.
"""
import collections
import json
import select
import signal
import socket
import sys
import time

PORT_COUNT = 6000
UNASKED_PORTS = range(50000, 50010)
# A controller that waits for a processor holds up questions; the rule for an answer stays for 3 s from then on.
PATIENCE_S = 4.0
REPORTED_COUNT_MAX = 20

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


class Question:
    def __init__(self, number, now):
        self.text = str(number).encode()
        self.asked = now
        self.answers = 0
        self.socket = bound(first_port + number % PORT_COUNT)
        self.socket.sendto(self.text, target)


def main():
    signal.signal(signal.SIGINT, stop)
    poll = select.epoll()
    unasked = {each.fileno(): each for each in map(bound, UNASKED_PORTS)}
    for fd in unasked:
        poll.register(fd, select.EPOLLIN)
    waiting, in_order, unanswered = {}, collections.deque(), 0
    count = {"asked": 0, "answered": 0, "twice": 0, "wrong": 0, "illegal": 0, "slowestMs": 0.0}
    unanswered_at_s = []
    start = next_ask = time.monotonic()
    print("ready", flush=True)
    while in_order or not stopping:
        now = time.monotonic()
        if stopping and unanswered == 0:
            break
        if not stopping and now >= next_ask:
            question = Question(count["asked"], now)
            waiting[question.socket.fileno()] = question
            in_order.append(question)
            poll.register(question.socket.fileno(), select.EPOLLIN)
            count["asked"] += 1
            unanswered += 1
            next_ask += interval
        while in_order and in_order[0].asked + PATIENCE_S < now:
            question = in_order.popleft()
            if question.answers == 0:
                unanswered -= 1
                unanswered_at_s.append(round(question.asked - start, 2))
            poll.unregister(question.socket.fileno())
            del waiting[question.socket.fileno()]
            question.socket.close()
        for fd, _ in poll.poll(interval if stopping else max(0.0, min(interval, next_ask - time.monotonic()))):
            if fd in unasked:
                unasked[fd].recv(2048)
                count["illegal"] += 1
                continue
            question = waiting[fd]
            count["wrong"] += question.socket.recv(2048) != question.text
            if question.answers == 0:
                count["answered"] += 1
                unanswered -= 1
            else:
                count["twice"] += 1
            question.answers += 1
            count["slowestMs"] = max(count["slowestMs"], 1000 * (time.monotonic() - question.asked))
    count["unansweredAtS"] = unanswered_at_s[:REPORTED_COUNT_MAX]
    print(json.dumps(count), flush=True)


main()
