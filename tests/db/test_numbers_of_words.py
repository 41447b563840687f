"""The step that makes the table of tickets' words anew takes along what belongs to them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, MetaData, insert, text

from db.migrate import step
from db.session import Database
from tests.db.test_migrations import bare_url

__all__ = ["bare_url"]

BEFORE = "0028"
NOW = datetime(2026, 11, 22, tzinfo=UTC)
WRITTEN: dict[str, dict[str, Any]] = {
    "person": {"id": 1, "telegram_id": 1, "place": "menu", "focus": "", "muted": [], "met_at": NOW, "seen_at": NOW},
    "ticket": {"id": 3, "number": "T-1", "kind": "question", "person_id": 1, "lot": "", "state": "open"}
    | {"context": {}, "opened_at": NOW},
    "ticket_message": {"id": 7, "ticket_id": 3, "writer_id": 1, "side": "author", "chat_message_id": 5, "at": NOW},
    "ticket_version": {"message_id": 7, "number": 1, "at": NOW, "media": "text", "sealed": b"x"},
    "ticket_delivery": {"message_id": 7, "recipient_id": 1, "state": "delivered", "version": 1}
    | {"chat_messages": [8, 9], "at": NOW},
}


async def test_versions_and_deliveries_stay_and_a_number_never_comes_twice(bare_url: str) -> None:
    def walk(connection: Connection) -> None:
        step(connection, "upgrade", BEFORE)
        tables = MetaData()
        tables.reflect(connection)
        for name, values in WRITTEN.items():
            connection.execute(insert(tables.tables[name]), values)
        kept = "SELECT v.sealed, d.state FROM ticket_version v JOIN ticket_delivery d ON d.message_id = v.message_id"
        for direction, revision in (("upgrade", "0029"), ("downgrade", BEFORE), ("upgrade", "0029")):
            step(connection, direction, revision)
            assert [tuple(one) for one in connection.execute(text(kept))] == [(b"x", "delivered")]
        if connection.dialect.name == "sqlite":  # PostgreSQL never gave a number twice
            connection.execute(text("DELETE FROM ticket_message"))
            assert connection.execute(text(kept)).all() == []
            new = {name: value for name, value in WRITTEN["ticket_message"].items() if name != "id"}
            made = connection.execute(insert(tables.tables["ticket_message"]), new).inserted_primary_key
            assert made is not None
            assert made[0] == 8

    database = Database(bare_url)
    await database.on_connection(walk)
    await database.close()
