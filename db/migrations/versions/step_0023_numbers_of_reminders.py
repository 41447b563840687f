"""reminders whose numbers never come twice, also on SQLite; PostgreSQL's never did."""

from __future__ import annotations

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _made_anew(autoincrement=True)


def downgrade() -> None:
    _made_anew(autoincrement=False)


def _made_anew(*, autoincrement: bool) -> None:
    """SQLite says so when a table is made."""
    if op.get_bind().dialect.name == "sqlite":
        given = {"sqlite_autoincrement": autoincrement}
        with op.batch_alter_table("reminder", recreate="always", table_kwargs=given):
            pass
