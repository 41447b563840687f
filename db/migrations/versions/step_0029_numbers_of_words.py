"""words of tickets whose numbers never come twice, also on SQLite; PostgreSQL's never did."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

# They fall with the words that they belong to, and SQLite deletes a table's rows before it drops the table.
OF_THEM = ("ticket_version", "ticket_delivery")


def upgrade() -> None:
    _made_anew(autoincrement=True)


def downgrade() -> None:
    _made_anew(autoincrement=False)


def _made_anew(*, autoincrement: bool) -> None:
    """SQLite says so when a table is made."""
    if op.get_bind().dialect.name != "sqlite":
        return
    for table in OF_THEM:
        op.execute(sa.text(f"CREATE TEMPORARY TABLE kept_{table} AS SELECT * FROM {table}"))  # noqa: S608
        op.execute(sa.text(f"DELETE FROM {table}"))  # noqa: S608
    with op.batch_alter_table(
        "ticket_message", recreate="always", table_kwargs={"sqlite_autoincrement": autoincrement}
    ):
        pass
    for table in OF_THEM:
        op.execute(sa.text(f"INSERT INTO {table} SELECT * FROM kept_{table}"))  # noqa: S608
        op.execute(sa.text(f"DROP TABLE kept_{table}"))
