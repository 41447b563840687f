"""how often the storage was away when a document was to be stored."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("document", sa.Column("storage_faults", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("document", "storage_faults")
