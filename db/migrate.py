"""Brings a database up to date, and tells whether it is."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.engine import make_url

from db.session import Database

FOLDER = Path(__file__).parent / "migrations"


def make_folder(url: str) -> None:
    """The folder of a SQLite file, if it is not there yet."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)


async def migrate(database: Database, revision: str = "head") -> None:
    """Every step up to `revision`; none when the database is there already."""
    await database.on_connection(step, "upgrade", revision)


async def up_to_date(database: Database) -> bool:
    """Whether the database is at the last step this program knows."""
    head = ScriptDirectory.from_config(alembic_config()).get_current_head()
    return await database.on_connection(_revision) == head


def step(connection: Connection, direction: str, revision: str) -> None:
    """One Alembic command ("upgrade" or "downgrade") on an open connection."""
    config = alembic_config()
    config.attributes["connection"] = connection
    getattr(command, direction)(config, revision)


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def alembic_config() -> Config:
    """Where the steps are and what a new one is called."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("file_template", "step_%%(rev)s_%%(slug)s")
    config.set_main_option("path_separator", "os")
    return config
