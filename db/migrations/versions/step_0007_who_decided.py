"""who decided.

Who moved an application stood, where anybody had said it, among the facts of the step ("by"); now it is a column.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.tables.columns import Big, Data

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

EVENT = sa.table("application_event", sa.column("id", Big), sa.column("facts", Data), sa.column("by_id", Big))
PERSON = sa.table("person", sa.column("id", Big))


def upgrade() -> None:
    with op.batch_alter_table("application_event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("by_id", Big, nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_application_event_by_id_person"), "person", ["by_id"], ["id"], ondelete="SET NULL"
        )
    connection = op.get_bind()
    said = sa.select(EVENT.c.id, EVENT.c.facts).where(sa.cast(EVENT.c.facts, sa.Text).like('%"by"%'))
    for key, facts in connection.execute(said).all():
        if not isinstance(facts.get("by"), int):
            continue
        known = sa.select(PERSON.c.id).where(PERSON.c.id == facts["by"]).scalar_subquery()
        connection.execute(sa.update(EVENT).where(EVENT.c.id == key).values(by_id=known))


def downgrade() -> None:
    with op.batch_alter_table("application_event", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_application_event_by_id_person"), type_="foreignkey")
        batch_op.drop_column("by_id")
