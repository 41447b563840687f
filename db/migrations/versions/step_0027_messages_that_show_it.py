"""every message that shows an answer in its author's chat, not the last alone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

LISTED = {
    "sqlite": "UPDATE ticket_delivery SET chat_messages = json_array(chat_message_id) "
    "WHERE chat_message_id IS NOT NULL",
    "postgresql": "UPDATE ticket_delivery SET chat_messages = jsonb_build_array(chat_message_id) "
    "WHERE chat_message_id IS NOT NULL",
}
LAST = {
    "sqlite": "UPDATE ticket_delivery SET chat_message_id = json_extract(chat_messages, '$[#-1]') "
    "WHERE chat_messages IS NOT NULL",
    "postgresql": "UPDATE ticket_delivery SET chat_message_id = (chat_messages->>-1)::bigint "
    "WHERE chat_messages IS NOT NULL",
}


def upgrade() -> None:
    op.add_column("ticket_delivery", sa.Column("chat_messages", sa.JSON().with_variant(JSONB, "postgresql")))
    op.execute(LISTED[op.get_bind().dialect.name])
    op.drop_column("ticket_delivery", "chat_message_id")


def downgrade() -> None:
    op.add_column("ticket_delivery", sa.Column("chat_message_id", sa.BigInteger()))
    op.execute(LAST[op.get_bind().dialect.name])
    op.drop_column("ticket_delivery", "chat_messages")
