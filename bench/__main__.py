"""`make bench`: run every measurement and print its lines."""

from __future__ import annotations

import asyncio
import platform

from bench import call_centre, updates
from bench.processes import own_core


def main() -> None:
    own_core()
    print(f"Python {platform.python_version()}, {platform.machine()}")
    for part in (updates, call_centre):
        for line in asyncio.run(part.measure()):
            print(line)


if __name__ == "__main__":
    main()
