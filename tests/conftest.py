"""What tests share: a database in memory, a fixed moment, a competition."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from db.tables import Table
from db.vault import Vault
from tests.factories import DATA_KEY, NOW
from tests.in_force import PutInForce, competitions_from_values
from tests.person import House, a_house
from usecases.work import Work


@pytest.fixture
def work() -> Iterator[Work]:
    """A use case's needs, on an empty database that lives as long as the test."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    Table.metadata.create_all(engine)
    with Session(engine, expire_on_commit=False) as session:
        yield Work(session, NOW, Vault(DATA_KEY))
    engine.dispose()


@pytest.fixture
def put_in_force() -> Iterator[PutInForce]:
    """Puts a competition in force as a value: `put_in_force(work.session, a_competition())`."""
    with competitions_from_values() as put:
        yield put


@pytest.fixture
async def house() -> AsyncIterator[House]:
    """The bot at work, with no competition."""
    async with a_house() as one:
        yield one
