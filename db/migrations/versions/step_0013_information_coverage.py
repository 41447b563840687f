"""Information coverage: its tables, and the people who were met before them.

Of those only the years of the first and of the last message are known, and the region of their newest application,
draft or check.
"""

from __future__ import annotations

from datetime import datetime
from importlib.resources import files
from typing import Any

import sqlalchemy as sa
from alembic import op

from db.tables.columns import Big, Data, Moment
from domain.local_time import local_day
from domain.order_table import read_order

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outreach",
        sa.Column("id", Big, autoincrement=True, nullable=False),
        sa.Column("lot", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outreach")),
    )
    with op.batch_alter_table("outreach", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outreach_lot"), ["lot"], unique=False)

    op.create_table(
        "campaign_source",
        sa.Column("id", Big, autoincrement=True, nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("lot", sa.String(length=64), nullable=False),
        sa.Column("region", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("name_kk", sa.String(length=120), nullable=False),
        sa.Column("name_ru", sa.String(length=120), nullable=False),
        sa.Column("place", sa.String(length=400), nullable=False),
        sa.Column("made_by", Big, nullable=True),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by"], ["person.id"], name=op.f("fk_campaign_source_made_by_person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_source")),
        sa.UniqueConstraint("code", name=op.f("uq_campaign_source_code")),
    )
    with op.batch_alter_table("campaign_source", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_campaign_source_lot"), ["lot"], unique=False)

    op.create_table(
        "outreach_proof",
        sa.Column("id", Big, autoincrement=True, nullable=False),
        sa.Column("outreach_id", Big, nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("file_unique_id", sa.String(length=128), nullable=False),
        sa.Column("photo", sa.Boolean(), nullable=False),
        sa.Column("made_by", Big, nullable=True),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by"], ["person.id"], name=op.f("fk_outreach_proof_made_by_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["outreach_id"], ["outreach.id"], name=op.f("fk_outreach_proof_outreach_id_outreach"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outreach_proof")),
        sa.UniqueConstraint("outreach_id", "file_unique_id", name=op.f("uq_outreach_proof_outreach_id_file_unique_id")),
    )
    op.create_table(
        "outreach_version",
        sa.Column("outreach_id", Big, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("region", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=400), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("made_by", Big, nullable=True),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by"], ["person.id"], name=op.f("fk_outreach_version_made_by_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["outreach_id"], ["outreach.id"], name=op.f("fk_outreach_version_outreach_id_outreach"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("outreach_id", "number", name=op.f("pk_outreach_version")),
    )
    op.create_table(
        "reached",
        sa.Column("id", Big, autoincrement=True, nullable=False),
        sa.Column("person_id", Big, nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("lot", sa.String(length=64), nullable=False),
        sa.Column("region", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=64), nullable=False),
        sa.Column("source_id", Big, nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("named_at", Moment(), nullable=True),
        sa.Column("placed", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_reached_person_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["campaign_source.id"],
            name=op.f("fk_reached_source_id_campaign_source"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reached")),
        sa.UniqueConstraint("person_id", "year", "lot", name=op.f("uq_reached_person_id_year_lot")),
    )
    with op.batch_alter_table("reached", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reached_source_id"), ["source_id"], unique=False)
        batch_op.create_index("ix_reached_tally", ["year", "lot", "region", "channel", "day"], unique=False)

    op.create_table(
        "source_visit",
        sa.Column("id", Big, autoincrement=True, nullable=False),
        sa.Column("source_id", Big, nullable=False),
        sa.Column("person_id", Big, nullable=True),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_source_visit_person_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["campaign_source.id"],
            name=op.f("fk_source_visit_source_id_campaign_source"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_visit")),
        sa.UniqueConstraint("source_id", "person_id", name=op.f("uq_source_visit_source_id_person_id")),
    )
    with op.batch_alter_table("source_visit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_source_visit_person_id"), ["person_id"], unique=False)

    _count_those_met_before(op.get_bind())


def _count_those_met_before(connection: sa.Connection) -> None:
    table = files("programme").joinpath("order-2023.csv").read_text("utf-8")
    lots = {region.kato: region.lot for region in read_order(table, 2023).regions}
    regions = _regions(connection)
    columns: list[Any] = [sa.column("id"), sa.column("met_at", Moment()), sa.column("seen_at", Moment())]
    rows = []
    for person_id, met_at, seen_at in connection.execute(sa.select(*columns).select_from(sa.table("person"))).all():
        region, named_at = regions.get(person_id, ("", None))
        for day in {one.year: one for one in (local_day(seen_at), local_day(met_at))}.values():
            known = {"region": region, "named_at": named_at} if region in lots else {"region": "", "named_at": None}
            told = {"person_id": person_id, "year": day.year, "lot": lots.get(region, ""), "channel": "bot", "day": day}
            rows.append(told | known)
    columns = [sa.column(name) for name in ("person_id", "year", "lot", "channel", "region")]
    columns += [sa.column("day", sa.Date()), sa.column("named_at", Moment())]
    for start in range(0, len(rows), 1000):
        connection.execute(sa.insert(sa.table("reached", *columns)), rows[start : start + 1000])


def _regions(connection: sa.Connection) -> dict[int, tuple[str, datetime]]:
    """Person -> region and when it was named: a check's, over it a draft's, over it an application's."""
    found: dict[int, tuple[str, datetime]] = {}
    for table, at in (("eligibility_check", "begun_at"), ("draft", "begun_at"), ("application", "sent_at")):
        columns: list[Any] = [sa.column("person_id"), sa.column("answers", Data), sa.column(at, Moment())]
        for person_id, answers, moment in connection.execute(
            sa.select(*columns).select_from(sa.table(table)).order_by(sa.column("id"))
        ):
            if answers.get("region"):
                found[person_id] = answers["region"], moment
    return found


def downgrade() -> None:
    with op.batch_alter_table("source_visit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_source_visit_person_id"))

    op.drop_table("source_visit")
    with op.batch_alter_table("reached", schema=None) as batch_op:
        batch_op.drop_index("ix_reached_tally")
        batch_op.drop_index(batch_op.f("ix_reached_source_id"))

    op.drop_table("reached")
    op.drop_table("outreach_version")
    op.drop_table("outreach_proof")
    with op.batch_alter_table("campaign_source", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_campaign_source_lot"))

    op.drop_table("campaign_source")
    with op.batch_alter_table("outreach", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outreach_lot"))

    op.drop_table("outreach")
