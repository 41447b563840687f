"""ready answers that are written in the chat; their numbers never come twice, also on SQLite."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ready_answer", sa.Column("draft", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("ready_answer", sa.Column("replaces", sa.BigInteger().with_variant(sa.Integer(), "sqlite")))
    _made_anew(autoincrement=True)


def downgrade() -> None:
    op.execute("DELETE FROM ready_answer WHERE draft")
    _made_anew(autoincrement=False)
    op.drop_column("ready_answer", "replaces")
    op.drop_column("ready_answer", "draft")


def _made_anew(*, autoincrement: bool) -> None:
    """SQLite says so when a table is made."""
    if op.get_bind().dialect.name == "sqlite":
        given = {"sqlite_autoincrement": autoincrement}
        with op.batch_alter_table("ready_answer", recreate="always", table_kwargs=given):
            pass
