"""announcements: who let it go and who changed it, so that none of them approves it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.tables.columns import Big, Data

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Column by column: SQLite would make a table anew without its ledger, which goes with it."""
    op.add_column("announcement", sa.Column("asked_by", Big, nullable=True))
    op.add_column("announcement", sa.Column("edited_by", Data, nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("announcement", "edited_by")
    op.drop_column("announcement", "asked_by")
