"""what of a notification's tries was only waiting."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("notification", sa.Column("waits", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("notification", "waits")
