"""The bot at work with no Telegram: a sandbox beside it, an invented competition, a chat page in the browser.

The sandbox is a program of its own; the two speak only HTTP. What was written in one demo is there in the
next: everything stands in `var/demo/`.
"""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

FOLDER = Path("var/demo")
PORT = 8081


async def demo(folder: Path = FOLDER, port: int = PORT, ahead: timedelta = timedelta(0)) -> None:
    """Run the demonstration until Ctrl-C, its clock so much ahead of the machine's."""
    folder.mkdir(parents=True, exist_ok=True)
    async with _sandbox(folder, port, ahead) as process:
        # Only now: to import aiogram takes seconds, and meanwhile the page is opened by the other process.
        from bot.demo_program import run_demo

        await run_demo(folder, await _address(process), ahead)


@asynccontextmanager
async def _sandbox(folder: Path, port: int, ahead: timedelta) -> AsyncIterator[Process]:
    """A sandbox process on `port` or the next free one."""
    state = str(folder / "telegram.json")
    command = [sys.executable, "-m", "sandbox", "--port", str(port), "--state", state, "--with-stdin"]
    command += ["--ahead", str(ahead.total_seconds())]
    # A session of its own, so that Ctrl-C reaches the bot first; a pipe, so that it never outlives the bot.
    process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, start_new_session=True)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _address(process: Process) -> str:
    assert process.stdout
    async for line in process.stdout:
        word, _, url = line.decode().strip().partition(": ")
        if word == "sandbox":
            return url
    raise RuntimeError("the sandbox did not start")
