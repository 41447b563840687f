"""assisted filling."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.tables.columns import Big, Data, Moment

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "code_try",
        sa.Column("id", Big, autoincrement=True, nullable=False),
        sa.Column("person_id", Big, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_code_try_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_try")),
    )
    with op.batch_alter_table("code_try", schema=None) as batch_op:
        batch_op.create_index("ix_code_try_person_at", ["person_id", "at"], unique=False)

    op.create_table(
        "assistance",
        sa.Column("id", Big, autoincrement=True, nullable=False),
        sa.Column("person_id", Big, nullable=False),
        sa.Column("draft_id", Big, nullable=False),
        sa.Column("operator_id", Big, nullable=True),
        sa.Column("ticket_id", Big, nullable=True),
        sa.Column("lot", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("chosen", Data, nullable=False),
        sa.Column("begun_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("code", sa.LargeBinary(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=True),
        sa.Column("code_until", Moment(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name=op.f("fk_assistance_draft_id_draft"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["operator_id"], ["person.id"], name=op.f("fk_assistance_operator_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_assistance_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_assistance_ticket_id_ticket"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assistance")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_assistance_code_hash")),
        sa.UniqueConstraint("draft_id", name=op.f("uq_assistance_draft_id")),
    )
    with op.batch_alter_table("assistance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assistance_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_assistance_operator_id"), ["operator_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assistance_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_assistance_open",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.add_column(sa.Column("filled_by", Data, server_default=sa.text("'{}'"), nullable=False))
        batch_op.add_column(sa.Column("phone_mark", Big, nullable=True))
        batch_op.create_index(batch_op.f("ix_draft_phone_mark"), ["phone_mark"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draft_phone_mark"))
    # Not as a batch: making the table anew would take along what refers to it.
    op.drop_column("draft", "phone_mark")
    op.drop_column("draft", "filled_by")

    with op.batch_alter_table("assistance", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_assistance_open", sqlite_where=sa.text("ended_at IS NULL"), postgresql_where=sa.text("ended_at IS NULL")
        )
        batch_op.drop_index(batch_op.f("ix_assistance_person_id"))
        batch_op.drop_index(batch_op.f("ix_assistance_operator_id"))
        batch_op.drop_index(batch_op.f("ix_assistance_expires_at"))

    op.drop_table("assistance")
    with op.batch_alter_table("code_try", schema=None) as batch_op:
        batch_op.drop_index("ix_code_try_person_at")

    op.drop_table("code_try")
