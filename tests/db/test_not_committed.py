"""A use case whose transaction came to nothing must not look like one that was saved, nor keep anybody waiting."""

from __future__ import annotations

from contextlib import suppress

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from db.prepared import NotCommitted
from db.session import Database
from tests.engines import Postgres


def fails_and_goes_on(session: Session) -> str:
    with suppress(DBAPIError):
        session.execute(text("SELECT 1/0"))
    return "saved"


async def test_postgresql_undid_what_had_failed_and_that_is_told(postgres: Postgres) -> None:
    database = Database(postgres.url)
    try:
        with pytest.raises(NotCommitted, match="ROLLBACK"):
            await database.transaction(fails_and_goes_on)
        assert await database.transaction(lambda session: session.scalar(text("SELECT 1"))) == 1
    finally:
        await database.close()


async def test_a_use_case_that_found_nothing_next_is_told_too() -> None:
    database = Database("sqlite://")
    try:
        with pytest.raises(RuntimeError, match="StopIteration"):
            await database.transaction(lambda session: next(iter([])))
    finally:
        await database.close()
