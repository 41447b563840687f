"""which process a sender is, so that others on its machine need not wait for a dead one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("live_sender", sa.Column("process", sa.String(128), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("live_sender", "process")
