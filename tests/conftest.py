"""What tests share: a database of either kind, a fixed moment, a competition."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from db.vault import Vault
from tests.engines import (
    SQLITE,
    Postgres,
    database_url,
    postgres,
    pytest_generate_tests,
    pytest_runtest_protocol,
    pytest_terminal_summary,
    stopped_at_the_end,
)
from tests.factories import DATA_KEY, NOW
from tests.in_force import PutInForce, competitions_from_values
from tests.person import House, a_house
from tests.statements import share_statements
from tests.tables import make_tables
from usecases.work import Work

# What pytest looks for here and finds by its name.
__all__ = [
    "database_url",
    "postgres",
    "pytest_generate_tests",
    "pytest_runtest_protocol",
    "pytest_terminal_summary",
    "stopped_at_the_end",
]


@pytest.fixture
def work(database_kind: str, request: pytest.FixtureRequest) -> Iterator[Work]:
    """A use case's needs, on an empty database that lives as long as the test."""
    with ExitStack() as open_now:
        if database_kind == SQLITE:
            opened = create_engine("sqlite://", poolclass=StaticPool)
            open_now.callback(opened.dispose)
            share_statements(opened, "work")
            with opened.connect() as connection:
                make_tables(connection)
        else:
            found: Postgres = request.getfixturevalue("postgres")
            opened = found.engine
        session = open_now.enter_context(Session(opened, expire_on_commit=False))
        yield Work(session, NOW, Vault(DATA_KEY))


@pytest.fixture
def put_in_force() -> Iterator[PutInForce]:
    """Puts a competition in force as a value: `put_in_force(work.session, a_competition())`."""
    with competitions_from_values() as put:
        yield put


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[House]:
    """The bot at work, with no competition."""
    async with a_house(url=database_url) as one:
        yield one


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What waits for a browser begins first: at the end, all but one processor would wait for it."""
    items.sort(key=lambda item: "chromium" not in item.keywords)
