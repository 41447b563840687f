"""Moments of a house that can be gone back to, so that one button can be pressed in several ways from the same start.

A moment is every row of the database, every chat as its owner sees it, and what the program remembers of its own
messages. Numbers of handled updates are left out: Telegram never gives one twice.
"""

from __future__ import annotations

import sqlite3
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, null
from sqlalchemy import Table as SqlTable

from db.tables import Table, UpdateRow
from db.vault import SealBroken, Vault
from sandbox.chats import Chat
from tests.person import House

Rows = dict[str, list[dict[str, Any]]]
TABLES = [table for table in Table.metadata.sorted_tables if table.name != UpdateRow.__tablename__]
CHANCE = frozenset({"token_hash", "storage_key", "code", "unique_key"})  # made at random, other ones each time


@dataclass(frozen=True)
class Moment:
    """Where everything stood; `image` is the database as a whole, on SQLite."""

    rows: Rows
    image: bytes
    chats: dict[int, dict[str, Any]]
    oldest: dict[int, int]
    last_id: int
    now: datetime

    def read(self, vault: Vault, without: frozenset[str] = CHANCE) -> Rows:
        """The rows with everything sealed opened, without these columns (or whole tables)."""
        return {
            table: [{name: _open(vault, value) for name, value in row.items() if name not in without} for row in rows]
            for table, rows in self.rows.items()
            if table not in without
        }


async def moment_of(house: House) -> Moment:
    """Now."""
    rows, image = await house.database.on_connection(_kept)
    return Moment(
        rows,
        image,
        {number: _as_it_is(chat) for number, chat in house.telegram.chats.items()},
        dict(house.program.turns.own._oldest),
        house.telegram.last_id,
        house.clock.now,
    )


async def back_to(house: House, moment: Moment) -> None:
    """Everything as it was then; whoever came since has an empty chat."""
    await house.database.on_connection(_put, moment)
    for number, chat in house.telegram.chats.items():
        vars(chat).update(vars(Chat(number, user=chat.user, members=chat.members)))
        vars(chat).update({name: _apart(value) for name, value in moment.chats.get(number, {}).items()})
    house.program.turns.own._oldest.clear()
    house.program.turns.own._oldest.update(moment.oldest)
    house.telegram.last_id = moment.last_id
    house.clock.now = moment.now


def _kept(connection: Connection) -> tuple[Rows, bytes]:
    rows: Rows = {}
    for table in TABLES:
        found = connection.exec_driver_sql(f"SELECT * FROM {table.name} ORDER BY 1, 2")
        rows[table.name] = [dict(row) for row in found.mappings()]
    driver: Any = connection.connection.driver_connection
    return rows, driver.serialize() if isinstance(driver, sqlite3.Connection) else b""


def _put(connection: Connection, moment: Moment) -> None:
    driver: Any = connection.connection.driver_connection
    if isinstance(driver, sqlite3.Connection):
        driver.execute("COMMIT")  # an image is not put into an open transaction
        driver.deserialize(moment.image)
        driver.execute("BEGIN IMMEDIATE")
        return
    for table in reversed(TABLES):
        connection.execute(delete(table))
    for table in TABLES:
        for row in moment.rows[table.name]:
            _put_row(connection, table, row)
    for table in TABLES:
        if table.autoincrement_column is not None:  # the next number as if nothing had been added since
            after = f"SELECT coalesce(max(id), 0) + 1 FROM {table.name}"
            connection.exec_driver_sql(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), ({after}), false)")


def _put_row(connection: Connection, table: SqlTable, row: dict[str, Any]) -> None:
    """As it was read; None is no value, where JSON could also be null."""
    values = {name: null() if value is None else value for name, value in row.items()}
    connection.execute(insert(table).values(values))


def _as_it_is(chat: Chat) -> dict[str, Any]:
    return {name: _apart(value) for name, value in vars(chat).items()}


def _apart(value: Any) -> Any:
    """A copy that what happens later does not change; messages are never changed in place, only their wrappers."""
    if isinstance(value, dict):
        return {
            key: replace(each, versions=list(each.versions)) if hasattr(each, "versions") else each
            for key, each in value.items()
        }
    return copy(value) if isinstance(value, list) else value


def _open(vault: Vault, value: Any) -> Any:
    if not isinstance(value, bytes) or not value:
        return value
    try:
        return vault.open(value)
    except SealBroken:
        return value


__all__ = ["CHANCE", "Moment", "Rows", "back_to", "moment_of"]
