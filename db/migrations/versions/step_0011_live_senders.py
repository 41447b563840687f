"""live senders."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.tables.columns import Big, Data, Moment

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "live_sender",
        sa.Column("id", Big, autoincrement=True, nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("seen_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_sender")),
    )


def downgrade() -> None:
    op.drop_table("live_sender")
