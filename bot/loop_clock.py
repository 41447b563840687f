"""The event loop's clock, by which waiting is measured: nobody sets it, and it means nothing outside this process."""

from __future__ import annotations

import asyncio


def loop_time() -> float:
    """Seconds since some moment."""
    return asyncio.get_running_loop().time()
