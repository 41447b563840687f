"""paid broadcast."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.tables.columns import Big, Data, Moment

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paid_broadcast",
        sa.Column("id", Big, autoincrement=True, nullable=False),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paid_broadcast")),
    )


def downgrade() -> None:
    op.drop_table("paid_broadcast")
