"""`make bench`: run every measurement and print its lines."""

from __future__ import annotations

import asyncio
import platform

from bench import updates
from bench.processes import own_core


def main() -> None:
    own_core()
    print(f"Python {platform.python_version()}, {platform.machine()}")
    for line in asyncio.run(updates.measure()):
        print(line)


if __name__ == "__main__":
    main()
