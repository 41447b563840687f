"""reminders: rules, how far each was carried out, who was reminded."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.tables.columns import Big, Data, Moment

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reminder_rules",
        sa.Column("id", Big, autoincrement=True, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("loaded_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_rules")),
    )
    op.create_table(
        "reminder",
        sa.Column("id", Big, autoincrement=True, nullable=False),
        sa.Column("person_id", Big, nullable=False),
        sa.Column("rule", sa.String(length=64), nullable=False),
        sa.Column("step", sa.String(length=64), nullable=False),
        sa.Column("subject", Big, nullable=False),
        sa.Column("occasion", sa.String(length=40), nullable=False),
        sa.Column("competition_id", Big, nullable=True),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("queued_at", Moment(), nullable=True),
        sa.Column("message", Big, nullable=True),
        sa.Column("done_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["competition_id"], ["competition.id"], name=op.f("fk_reminder_competition_id_competition")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_reminder_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint(
            "person_id",
            "rule",
            "subject",
            "occasion",
            "step",
            name=op.f("uq_reminder_person_id_rule_subject_occasion_step"),
        ),
    )
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.create_index("ix_reminder_waiting", ["state", "queued_at", "person_id"], unique=False)

    op.create_table(
        "reminder_run",
        sa.Column("id", Big, autoincrement=True, nullable=False),
        sa.Column("rule", sa.String(length=64), nullable=False),
        sa.Column("step", sa.String(length=64), nullable=False),
        sa.Column("competition_id", Big, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("upto", Big, nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["competition_id"], ["competition.id"], name=op.f("fk_reminder_run_competition_id_competition")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_run")),
        sa.UniqueConstraint(
            "rule", "step", "competition_id", "at", name=op.f("uq_reminder_run_rule_step_competition_id_at")
        ),
    )
    with op.batch_alter_table("reminder_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reminder_run_competition_id"), ["competition_id"], unique=False)

    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.create_index("ix_application_state", ["competition_id", "state"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.drop_index("ix_application_state")

    with op.batch_alter_table("reminder_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reminder_run_competition_id"))

    op.drop_table("reminder_run")
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.drop_index("ix_reminder_waiting")

    op.drop_table("reminder")
    op.drop_table("reminder_rules")
