"""A measured process: on a core of its own, with its processor time and memory read from the kernel."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

TOKEN = "4242:bench-takes-any-token"
TICKS = os.sysconf("SC_CLK_TCK")
CORES = sorted(os.sched_getaffinity(0))  # of this machine, as we were started
MEASURED = frozenset(CORES[:1])  # nothing else runs there, if there is another


@dataclass(frozen=True)
class Measured:
    """A running process."""

    pid: int

    @property
    def processor(self) -> float:
        """Seconds of processor time so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    @property
    def memory(self) -> float:
        """MB that it holds for itself alone or shares (resident set)."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024


@asynccontextmanager
async def running(
    subject: str, settings: Mapping[str, str], cores: frozenset[int] = MEASURED
) -> AsyncIterator[Measured]:
    """`python -m bench.subjects SUBJECT` with these settings, until the block ends."""
    process = await _started(subject, settings, cores)
    try:
        yield Measured(process.pid)
    finally:
        if process.returncode is None:
            process.terminate()
        await asyncio.wait_for(process.wait(), 30)


async def ran(subject: str, settings: Mapping[str, str], cores: frozenset[int], longest: float) -> None:
    """The same until it ends by itself. Raises TimeoutError after so many seconds, ChildProcessError if it failed."""
    process = await _started(subject, settings, cores)
    try:
        async with asyncio.timeout(longest):
            if await process.wait():
                raise ChildProcessError(subject)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def _started(subject: str, settings: Mapping[str, str], cores: frozenset[int]) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.subjects", subject, env={**os.environ, "BOT_TOKEN": TOKEN, **settings},
        stderr=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL,
        preexec_fn=lambda: os.sched_setaffinity(0, cores),
    )  # fmt: skip


def leave_measured_core() -> None:
    """Whoever plays Telegram, and PostgreSQL, stay off the measured core, if there is another."""
    os.sched_setaffinity(0, set(CORES[1:]) or MEASURED)
