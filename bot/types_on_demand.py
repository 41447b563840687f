"""aiogram's types, each made ready by pydantic when it is first used.

Importing aiogram makes every type of the Bot API ready: a hundred MB and most of the time a start takes, for hundreds
of types of which this bot meets a few dozen. They are declared so that this could wait (`defer_build`), but since they
refer to each other before all are there, aiogram ends with a loop that makes them ready one by one. Here that loop
finds nothing to do, and whichever type is used is then told of the others.

This must be imported before aiogram (`bot/__init__.py`); where it is not, everything is as aiogram has it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pydantic import BaseModel

_READY = BaseModel.__dict__["model_rebuild"]  # pydantic's own, as it stands in the class


def import_aiogram() -> None:
    """Import aiogram without making its types ready; nothing when it is imported already."""
    if "aiogram" in sys.modules:
        return
    others: dict[str, Any] = {}
    with _nothing_made_ready(others):
        from aiogram.client.context_controller import BotContextController  # what types and methods descend from
        from aiogram.methods.base import Response

    def model_rebuild(kind: type[BaseModel], /, **options: Any) -> bool | None:
        ready: bool | None = _READY.__func__(kind, **{**options, "_types_namespace": others})
        return ready

    for family in (BotContextController, Response):
        family.model_rebuild = classmethod(model_rebuild)  # type: ignore[method-assign, assignment]


@contextmanager
def _nothing_made_ready(others: dict[str, Any]) -> Iterator[None]:
    """What types would be told of each other is kept in `others`."""

    def later(_kind: type[BaseModel], /, *, _types_namespace: dict[str, Any] | None = None, **_options: Any) -> None:
        others.update(_types_namespace or {})

    BaseModel.model_rebuild = classmethod(later)  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        BaseModel.model_rebuild = _READY  # type: ignore[method-assign]
