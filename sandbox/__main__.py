"""`python -m sandbox`: the server with its people, until it is stopped.

Prints one line, `sandbox: http://127.0.0.1:PORT`, when it can be used.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import pathlib
import signal
import sys
import threading
import time
import tomllib

from aiohttp import web

from sandbox.chats import User
from sandbox.control import open_group
from sandbox.limits import Limits, Rate
from sandbox.requests import known
from sandbox.server import application
from sandbox.state import StateFile
from sandbox.telegram import Telegram

HOST = "127.0.0.1"
TRIES = 50
PEOPLE = pathlib.Path(__file__).parent / "people.toml"
# Generous to a chat, so that somebody who clicks fast on the page is not slowed down.
DEMO_CHAT, DEMO_GROUP = Rate(3, 1.0, burst=20), Rate(60, 60.0)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description="Telegram without Telegram")
    parser.add_argument("--port", type=int, default=8081, help="taken: the next free one is used")
    parser.add_argument("--people", type=pathlib.Path, default=PEOPLE, help="TOML file of people and groups")
    parser.add_argument("--state", type=pathlib.Path, help="keep chats in this file, go on from it")
    parser.add_argument("--token", help="the bot's token (none: the first that comes)")
    parser.add_argument("--ahead", type=float, default=0.0, help="seconds its clock is ahead of the machine's")
    parser.add_argument("--with-stdin", action="store_true", help="end when standard input is closed")
    return parser.parse_args()


def invite(telegram: Telegram, path: pathlib.Path) -> None:
    """The people and groups of the file; those who are there already stay as they are."""
    told = tomllib.loads(path.read_text("utf-8"))
    for about in told.get("people", []):
        if about["id"] not in telegram.users:
            telegram.meet(User(**about), {})
    for about in told.get("groups", []):
        if about["title"] not in {chat.title for chat in telegram.chats.values()}:
            open_group(telegram, about)


async def listen(runner: web.AppRunner, port: int) -> int:
    """Listen on the port or on the next free one; the port."""
    for candidate in range(port, port + TRIES):
        try:
            await web.TCPSite(runner, HOST, candidate).start()
        except OSError:
            continue
        return candidate
    raise SystemExit(f"sandbox: no free port from {port} to {port + TRIES - 1}")


async def serve(given: argparse.Namespace) -> None:
    limits = Limits(on=True, chat=DEMO_CHAT, group=DEMO_GROUP)
    telegram = Telegram(clock=lambda: time.time() + given.ahead, token=given.token, limits=limits)
    state = StateFile(telegram, given.state) if given.state else None
    if state:
        state.read()
    invite(telegram, given.people)
    runner = web.AppRunner(application(telegram), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    if state:
        state.follow()
    end = polite_end()
    if given.with_stdin:
        await end_with_stdin(end)
    try:
        print(f"sandbox: http://{HOST}:{await listen(runner, given.port)}", flush=True)
        threading.Thread(target=known, daemon=True).start()  # aiogram, before the first call needs it
        await end.wait()
    finally:
        await runner.cleanup()
        if state:
            state.write()


def polite_end() -> asyncio.Event:
    """Set at Ctrl-C or when the program is asked to end."""
    end = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(number, end.set)
    return end


async def end_with_stdin(end: asyncio.Event) -> None:
    """Whoever started us holds the other end: when they die, however, we end too."""

    class Watch(asyncio.Protocol):
        def connection_lost(self, exc: Exception | None) -> None:
            end.set()

    await asyncio.get_running_loop().connect_read_pipe(Watch, sys.stdin)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(arguments()))
