"""Statements spelled once in a process: SQLAlchemy keeps what it has compiled by engine and dialect, and every test
has an engine of its own.
"""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import Engine
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.util import LRUCache

from db.session import Database

MANY = 3_000
_first: dict[tuple[str, str], Engine] = {}


def share_statements(engine: Engine, whose: str) -> None:
    """Take the dialect and the compiled statements of the first engine of this kind that was made for the same end.

    Before anything connects: a connection keeps its dialect.
    """
    first = _first.setdefault((engine.dialect.name, whose), engine)
    if first is engine:
        engine._compiled_cache = LRUCache(MANY)
    engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache


def engine_of(database: Database) -> Engine:
    """What a database of the program sends its statements through."""
    engine: Engine | AsyncEngine = cast(Any, database._driver)._engine
    return engine.sync_engine if isinstance(engine, AsyncEngine) else engine
