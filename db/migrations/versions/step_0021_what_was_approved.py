"""announcements: for how many recipients one was approved."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("announcement", sa.Column("approved_size", sa.Integer(), nullable=True))
    op.execute("UPDATE announcement SET approved_size = size WHERE approved_by IS NOT NULL")


def downgrade() -> None:
    op.drop_column("announcement", "approved_size")
