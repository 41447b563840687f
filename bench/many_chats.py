"""A sandbox with many people who have all pressed Start: `python -m bench.many_chats HOW_MANY`, until stdin closes.

Prints its address. `/bench/heard?first=F&many=N`: how often it was heard in N chats from F on, at least and at most.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from sandbox.keys import TELEGRAM
from sandbox.requests import known
from sandbox.server import application
from sandbox.telegram import Telegram


async def heard(request: web.Request) -> web.Response:
    chats, first, many = request.app[TELEGRAM].chats, int(request.query["first"]), int(request.query["many"])
    asked = range(first, first + many)
    times = [sum(message.from_bot for message in chats[number].everything.values()) for number in asked]
    return web.json_response({"least": min(times), "most": max(times)})


async def serve(many: int) -> None:
    known()  # aiogram, before the first call needs it
    telegram = Telegram()
    for number in range(1, many + 1):
        telegram.person(number).starts()
        telegram.updates.drop()
    app = application(telegram)
    app.router.add_get("/bench/heard", heard)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(f"http://127.0.0.1:{runner.addresses[0][1]}", flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    await runner.cleanup()


@asynccontextmanager
async def many_chats(many: int) -> AsyncIterator[str]:
    """Its address, in a process of its own."""
    command = [sys.executable, "-m", "bench.many_chats", str(many)]
    process = await asyncio.create_subprocess_exec(*command, stdin=asyncio.subprocess.PIPE, stdout=-1)
    assert process.stdout
    assert process.stdin
    try:
        yield (await process.stdout.readline()).decode().strip()
    finally:
        process.stdin.close()
        await process.wait()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
