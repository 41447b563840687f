"""an outbox with many rows: its indexes hold only what is due and what is on its way."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_notification_due", table_name="notification")
    _create("ix_notification_due", ["lane", "due_at", "id"], "state = 'due'")
    _create("ix_notification_sending", ["claimed_at"], "state = 'sending'")


def downgrade() -> None:
    op.drop_index("ix_notification_sending", table_name="notification")
    op.drop_index("ix_notification_due", table_name="notification")
    op.create_index("ix_notification_due", "notification", ["state", "lane", "due_at"], unique=False)


def _create(name: str, columns: list[str], only: str) -> None:
    where = sa.text(only)
    op.create_index(name, "notification", columns, unique=False, sqlite_where=where, postgresql_where=where)
