"""cards in staff groups."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.tables.columns import Big, Moment

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "group_card",
        sa.Column("id", Big, autoincrement=True, nullable=False),
        sa.Column("chat_id", Big, nullable=False),
        sa.Column("ticket_id", Big, nullable=False),
        sa.Column("cause", sa.String(length=64), nullable=False),
        sa.Column("message_id", Big, nullable=True),
        sa.Column("stale", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("sending", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_group_card_ticket_id_ticket"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_card")),
    )
    with op.batch_alter_table("group_card", schema=None) as batch_op:
        batch_op.create_index("ix_group_card_chat", ["chat_id", "message_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_group_card_ticket_id"), ["ticket_id"], unique=False)
    with op.batch_alter_table("staff_group", schema=None) as batch_op:
        batch_op.add_column(sa.Column("title", sa.String(length=255), server_default="", nullable=False))
        batch_op.add_column(sa.Column("quiet_until", Moment(), nullable=True))


def downgrade() -> None:
    # Not in batch: SQLite would make the table anew, and what points at it would go.
    op.drop_column("staff_group", "quiet_until")
    op.drop_column("staff_group", "title")
    op.drop_table("group_card")
