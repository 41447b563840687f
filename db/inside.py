"""A use case inside a transaction that stands already, whichever engine it is on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.orm import Session

T = TypeVar("T")
QUEUED = "queued"  # in a session's info: something stands in the outbox that was not there before


class Inside(Session):
    """A session in a transaction that stands already: statements go straight to its connection."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, expire_on_commit=False)
        self._inside = connection

    def connection(self, *_args: Any, **_options: Any) -> Connection:
        return self._inside


def in_session(connection: Connection, function: Callable[[Session], T]) -> tuple[T, bool]:
    """Run a use case inside the connection's transaction; whoever began that commits it or not.

    Its result, and whether it queued something to be sent.
    """
    session = Inside(connection)
    try:
        result = function(session)
        session.flush()
        return result, QUEUED in session.info
    finally:
        if session.in_transaction() or session.identity_map:
            session.close()  # a session and its transaction hold each other: only so are they freed at once
