"""calls to people without an application: about the request whose answer did not arrive."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.tables.columns import Big

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("call_task") as batch_op:
        batch_op.alter_column("application_id", existing_type=Big, nullable=True)
        batch_op.add_column(sa.Column("ticket_id", Big, nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_call_task_ticket_id_ticket"), "ticket", ["ticket_id"], ["id"], ondelete="CASCADE"
        )
    op.create_index(
        "uq_call_task_ticket",
        "call_task",
        ["ticket_id"],
        unique=True,
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )


def downgrade() -> None:
    op.execute("DELETE FROM call_task WHERE application_id IS NULL")
    op.drop_index("uq_call_task_ticket", table_name="call_task")
    with op.batch_alter_table("call_task") as batch_op:
        batch_op.drop_constraint(op.f("fk_call_task_ticket_id_ticket"), type_="foreignkey")
        batch_op.drop_column("ticket_id")
        batch_op.alter_column("application_id", existing_type=Big, nullable=False)
