"""announcements: what a correction that waits for a second person would change."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.tables.columns import Data

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("announcement", sa.Column("before", Data, nullable=True))


def downgrade() -> None:
    op.drop_column("announcement", "before")
