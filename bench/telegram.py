"""A Bot API server that costs as little as one can: what is measured is the bot, not Telegram.

It runs in a process of its own, hands out the scripted updates (each person's next one once the last was
answered, or at given times), takes every call, and notes when each update was answered. Nothing is validated:
that is the sandbox's business.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

CHAT = re.compile(rb'chat_id"?[=:] ?(\d+)')
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
ME = {"id": 4242, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
ANSWERING = (b"sendMessage", b"editMessageText", b"sendDocument")


@dataclass
class Script:
    """Updates by person, in order; `updates[person][n]` becomes one when its turn comes."""

    people: dict[int, Iterator[dict[str, Any]]]
    total: int
    sent_at: dict[int, deque[float]] = field(default_factory=dict)
    delays: list[float] = field(default_factory=list)  # seconds from an update's birth to its answer
    answered: int = 0


class Telegram:
    """The queue of updates and the clock of answers."""

    def __init__(self) -> None:
        self.queue: dict[int, dict[str, Any]] = {}
        self.numbers = 0
        self.messages = 0
        self.script: Script | None = None
        self.done = asyncio.Event()
        self.waiting: list[Callable[[], None]] = []
        self.calls = 0

    def put(self, person: int) -> bool:
        """The person's next update; False when there is none left."""
        assert self.script
        update = next(self.script.people[person], None)
        if update is None:
            return False
        self.numbers += 1
        self.script.sent_at.setdefault(person, deque()).append(time.perf_counter())
        self.queue[self.numbers] = {"update_id": self.numbers, **update}
        for wake in self.waiting:
            wake()
        return True

    def answered(self, person: int) -> None:
        """A call about this person's chat: the answer to their oldest open update, if any is open."""
        script = self.script
        if script is None or not script.sent_at.get(person):
            return
        script.delays.append(time.perf_counter() - script.sent_at[person].popleft())
        script.answered += 1
        if script.answered == script.total:
            self.done.set()
        if not script.sent_at[person] and self.closed:
            self.put(person)

    closed = True  # a closed loop: the next update comes after the answer

    async def play(self, people: dict[int, Iterator[dict[str, Any]]], total: int) -> Script:
        """Everybody says one thing after the other; ends when every update has its answer."""
        self.closed, self.script = True, Script(people, total)
        self.done.clear()
        for person in people:
            self.put(person)
        await asyncio.wait_for(self.done.wait(), 600)
        return self.script

    async def pour(self, people: dict[int, Iterator[dict[str, Any]]], total: int, rate: float) -> Script:
        """`rate` updates a second whatever is answered, people taking turns."""
        self.closed, self.script = False, Script(people, total)
        self.done.clear()
        begun, turn = time.perf_counter(), list(people)
        for number in range(total):
            if (rest := begun + number / rate - time.perf_counter()) > 0:
                await asyncio.sleep(rest)
            self.put(turn[number % len(turn)])
        await asyncio.wait_for(self.done.wait(), 600)
        return self.script

    async def updates(self, offset: int, wait: float, limit: int) -> bytes:
        for number in [n for n in self.queue if n < offset]:
            del self.queue[number]
        if not self.queue and wait:
            arrived: asyncio.Future[None] = asyncio.get_running_loop().create_future()

            def wake() -> None:
                if not arrived.done():
                    arrived.set_result(None)

            self.waiting.append(wake)
            try:
                await asyncio.wait_for(arrived, wait)
            except TimeoutError:
                pass
            finally:
                self.waiting.remove(wake)
        ready = [update for number, update in self.queue.items() if number >= offset][:limit]
        return json.dumps({"ok": True, "result": ready}).encode()

    def call(self, method: bytes, body: bytes) -> bytes:
        """Any call but getUpdates."""
        self.calls += 1
        if method in ANSWERING:
            found = CHAT.search(body)
            chat = int(found[1]) if found else 0
            self.messages += 1
            self.answered(chat)
            message = {"message_id": self.messages, "date": 1_800_000_000, "text": "answer",
                       "chat": {"id": chat, "type": "private", "first_name": "Bench"}, "from": ME}  # fmt: skip
            return json.dumps({"ok": True, "result": message}).encode()
        if method == b"getMe":
            return json.dumps({"ok": True, "result": ME}).encode()
        if method == b"getMyCommands":
            return b'{"ok":true,"result":[]}'
        if method.startswith(b"getMy"):
            return b'{"ok":true,"result":{"description":"","short_description":"","name":""}}'
        return b'{"ok":true,"result":true}'


class Connection(asyncio.Protocol):
    """HTTP/1.1 with content-length, nothing else."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram, self.buffer = telegram, b""
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            head = self.buffer[:end]
            found = LENGTH.search(head)
            size = int(found[1]) if found else 0
            if len(self.buffer) < end + 4 + size:
                if b"expect: 100" in head.lower():
                    self._write(b"HTTP/1.1 100 Continue\r\n\r\n")
                return
            body, self.buffer = self.buffer[end + 4 : end + 4 + size], self.buffer[end + 4 + size :]
            self._request(head, body)

    def _request(self, head: bytes, body: bytes) -> None:
        method = head.split(b" ", 2)[1].rpartition(b"/")[2]
        if method.lower() == b"getupdates":
            asyncio.get_running_loop().create_task(self._updates(body))
        else:
            self._answer(self.telegram.call(method, body))

    async def _updates(self, body: bytes) -> None:
        def number(name: bytes, default: int) -> int:
            found = re.search(name + rb'"?[=:] ?(\d+)', body)
            return int(found[1]) if found else default

        self._answer(await self.telegram.updates(number(b"offset", 0), number(b"timeout", 0), number(b"limit", 100)))

    def _answer(self, body: bytes) -> None:
        head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % len(body)
        self._write(head + body)

    def _write(self, data: bytes) -> None:
        if self.transport and not self.transport.is_closing():
            self.transport.write(data)


async def serve(telegram: Telegram) -> tuple[asyncio.Server, int]:
    """Listen on a free port of this machine."""
    server = await asyncio.get_running_loop().create_server(lambda: Connection(telegram), "127.0.0.1", 0)
    return server, server.sockets[0].getsockname()[1]
