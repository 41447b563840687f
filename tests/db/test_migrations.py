"""The stairway: every step goes up, down and up again, and the last one is what the tables say."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect

from db.migrate import alembic_config, step
from db.tables import Table

REVISIONS = [
    script.revision for script in reversed(list(ScriptDirectory.from_config(alembic_config()).walk_revisions()))
]


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    with engine.begin() as one:
        yield one
    engine.dispose()


def test_every_step_goes_up_down_and_up_again(connection: Connection) -> None:
    assert REVISIONS
    for number, revision in enumerate(REVISIONS):
        below = REVISIONS[number - 1] if number else "base"
        step(connection, "upgrade", revision)
        step(connection, "downgrade", below)
        step(connection, "upgrade", revision)
    step(connection, "downgrade", "base")
    assert inspect(connection).get_table_names() == ["alembic_version"]


def test_the_last_step_is_what_the_tables_say(connection: Connection) -> None:
    step(connection, "upgrade", "head")
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    assert compare_metadata(context, Table.metadata) == []
