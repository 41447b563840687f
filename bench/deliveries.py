"""Telegram's side of a webhook: each person's updates one after the other, to the processes in turn.

HTTP by hand on kept connections: whoever delivers shares the machine with what is measured.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import re
import socket
from collections.abc import Iterator, Sequence
from typing import Any

from bot.intake.webhook import PATH, SECRET_HEADER

SECRET = "bench-knows-the-secret"
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
HEAD = "POST {path} HTTP/1.1\r\nHost: bench\r\n{header}: {secret}\r\nContent-Length: {size}\r\n\r\n"
NUMBERS = itertools.count(1)
PATIENCE = 120.0  # seconds until a process listens


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


async def listening(port: int) -> None:
    """Until somebody listens there. Raises TimeoutError."""
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.05)
            else:
                writer.close()
                return


async def deliver(ports: Sequence[int], people: dict[int, Iterator[dict[str, Any]]]) -> None:
    """Everybody's updates; a person's next one goes out when the last was acknowledged, to the next process."""
    await asyncio.gather(*(_one_person(ports, steps) for steps in people.values()))


async def _one_person(ports: Sequence[int], steps: Iterator[dict[str, Any]]) -> None:
    opened = [await asyncio.open_connection("127.0.0.1", port) for port in ports]
    try:
        for (reader, writer), update in zip(itertools.cycle(opened), steps, strict=False):
            writer.write(_request({"update_id": next(NUMBERS), **update}))
            await _acknowledged(reader)
    finally:
        for _, writer in opened:
            writer.close()


def _request(update: dict[str, Any]) -> bytes:
    body = json.dumps(update).encode()
    head = HEAD.format(path=PATH, header=SECRET_HEADER, secret=SECRET, size=len(body))
    return head.encode() + body


async def _acknowledged(reader: asyncio.StreamReader) -> None:
    """Telegram takes 200 for an acknowledgement, and nothing else."""
    head = await reader.readuntil(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 "), head
    found = LENGTH.search(head)
    await reader.readexactly(int(found[1]) if found else 0)
