"""announcements corrected while they are held back; a column of lists that nobody read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.tables.columns import Big

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("announcement", sa.Column("returns_to", sa.String(length=64), nullable=True))
    op.drop_column("announcement_list", "matched_to")


def downgrade() -> None:
    op.add_column("announcement_list", sa.Column("matched_to", Big, nullable=False, server_default="0"))
    op.drop_column("announcement", "returns_to")
