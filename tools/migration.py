"""Writes the next migration from what the tables have become: `python -m tools.migration "why"`."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from db.migrate import alembic_config, step


def main(message: str) -> int:
    """A new file in db/migrations/versions, numbered one past the last; read it before committing it."""
    config = alembic_config()
    last = ScriptDirectory.from_config(config).get_current_head()
    number = f"{int(last or 0) + 1:04d}"
    with create_engine("sqlite://").begin() as connection:
        if last:
            step(connection, "upgrade", "head")
        config.attributes["connection"] = connection
        command.revision(config, message=message, autogenerate=True, rev_id=number)
    print(f"{number}, {datetime.now(UTC):%Y-%m-%d}")  # noqa: TID251 - a person's tool
    return 0


if __name__ == "__main__":
    sys.exit(main(" ".join(sys.argv[1:]) or "tables"))
