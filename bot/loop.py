"""What the program runs in: an event loop quicker than asyncio's own, and memory that is not looked over in vain."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Coroutine

import uvloop


def run_in_loop(main: Coroutine[object, object, None]) -> None:
    """Run it to its end in a loop of its own."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main)


def settle_memory() -> None:
    """What the start made stays for good: the collector need not look at it again, nor so often at the rest."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
