"""`make bench`: every measurement, or those that are named, its lines printed as they come.

`python -m bench`, or with names:
`python -m bench updates scale start memory processes call_centre broadcast ledger reminders`.
"""

from __future__ import annotations

import asyncio
import platform
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from time import perf_counter

from bench import broadcast, call_centre, ledger, memory, processes, reminders, scale, start, updates
from bench.engines import Engines, engines
from bench.running import CORES, leave_measured_core

PARTS: dict[str, Callable[[Engines], AsyncIterator[str]]] = {
    "updates": updates.measure,
    "scale": scale.measure,
    "start": start.measure,
    "memory": memory.measure,
    "processes": processes.measure,
    "call_centre": call_centre.measure,
    "broadcast": broadcast.measure,
    "ledger": ledger.measure,
    "reminders": reminders.measure,
}


def main() -> None:
    names = sys.argv[1:] or list(PARTS)
    if unknown := set(names) - PARTS.keys():
        sys.exit(f"There is no {', '.join(sorted(unknown))}; there are: {', '.join(PARTS)}")
    leave_measured_core()
    with tempfile.TemporaryDirectory(prefix="zhas-bench-") as folder, engines(Path(folder)) as found:
        asyncio.run(report(names, found))


async def report(names: list[str], found: Engines) -> None:
    """Measure these parts and print what each says."""
    print(f"Python {platform.python_version()}, {platform.machine()}, {len(CORES)} cores")
    for line in await found.told():
        print(line)
    for name in names:
        begun = perf_counter()
        print(f"\n{name}")
        async for line in PARTS[name](found):
            print(f"  {line}", flush=True)
        print(f"  ({perf_counter() - begun:.0f} s)", flush=True)


if __name__ == "__main__":
    main()
