"""People who were met before coverage was counted are counted by the step that makes its tables."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, MetaData, insert, select

from db.migrate import step
from db.session import Database
from db.tables import ReachedRow
from tests.db.test_migrations import bare_url

__all__ = ["bare_url"]

BEFORE = "0012"
NEW_YEAR = datetime(2025, 12, 31, 20, 0, tzinfo=UTC)  # one in the morning of 1 January in Kazakhstan


def a_person(number: int, met: datetime, seen: datetime) -> dict[str, Any]:
    told = {"id": number, "telegram_id": number, "place": "menu", "focus": "", "muted": []}
    return told | {"met_at": met, "seen_at": seen}


async def test_those_met_before_are_counted(bare_url: str) -> None:
    def walk(connection: Connection) -> None:
        step(connection, "upgrade", BEFORE)
        tables = MetaData()
        tables.reflect(connection)
        spring, autumn = datetime(2025, 5, 5, tzinfo=UTC), datetime(2025, 9, 9, tzinfo=UTC)
        people = [a_person(1, spring, autumn), a_person(2, spring, NEW_YEAR), a_person(3, spring, spring)]
        connection.execute(insert(tables.tables["person"]), people)
        check = {"person_id": 2, "sealed": b"", "begun_at": autumn}
        answers = [{**check, "answers": {"region": "10"}}, {**check, "answers": {"region": "79"}}]
        answers.append({**check, "person_id": 3, "answers": {"region": "elsewhere"}})
        connection.execute(insert(tables.tables["eligibility_check"]), answers)
        step(connection, "upgrade", "head")
        row = ReachedRow
        columns = (row.person_id, row.year, row.lot, row.region, row.channel, row.day, row.named_at)
        found = connection.execute(select(*columns).order_by(row.person_id, row.year)).all()
        assert [tuple(one) for one in found] == [
            (1, 2025, "", "", "bot", date(2025, 5, 5), None),
            (2, 2025, "19-5", "79", "bot", date(2025, 5, 5), autumn),
            (2, 2026, "19-5", "79", "bot", date(2026, 1, 1), autumn),
            (3, 2025, "", "", "bot", date(2025, 5, 5), None),
        ]

    database = Database(bare_url)
    await database.on_connection(walk)
    await database.close()
