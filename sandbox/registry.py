"""Which function answers which method of the Bot API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sandbox.requests import Request
from sandbox.world import World

Handler = Callable[[World, Request], Any]
HANDLERS: dict[str, Handler] = {}


def answers(*names: str) -> Callable[[Handler], Handler]:
    """The decorated function answers these methods."""

    def keep(handler: Handler) -> Handler:
        HANDLERS.update(dict.fromkeys(names, handler))
        return handler

    return keep
