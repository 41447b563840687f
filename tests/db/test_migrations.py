"""The stairway, on both databases: every step goes up, down and up again; the last is what the tables say."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from db.migrate import alembic_config, step
from db.session import Database
from db.tables import Table
from tests.engines import IN_MEMORY, SQLITE, Postgres

REVISIONS = [
    script.revision for script in reversed(list(ScriptDirectory.from_config(alembic_config()).walk_revisions()))
]


@pytest.fixture
def bare_url(database_kind: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """A database without tables."""
    if database_kind == SQLITE:
        yield IN_MEMORY
        return
    found: Postgres = request.getfixturevalue("postgres")
    with found.another(migrated=False) as url:
        yield url


async def test_every_step_goes_up_down_and_up_again(bare_url: str) -> None:
    def walk(connection: Connection) -> None:
        for number, revision in enumerate(REVISIONS):
            below = REVISIONS[number - 1] if number else "base"
            step(connection, "upgrade", revision)
            step(connection, "downgrade", below)
            step(connection, "upgrade", revision)
        step(connection, "downgrade", "base")
        assert inspect(connection).get_table_names() == ["alembic_version"]

    assert REVISIONS
    database = Database(bare_url)
    await database.on_connection(walk)
    await database.close()


async def test_the_last_step_is_what_the_tables_say(bare_url: str) -> None:
    def compare(connection: Connection) -> None:
        step(connection, "upgrade", "head")
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Table.metadata) == []

    database = Database(bare_url)
    await database.on_connection(compare)
    await database.close()
