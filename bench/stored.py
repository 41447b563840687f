"""Many stored applications, quickly: some people apply through the use cases, then the database copies their rows.

Everything that a person leaves behind by applying is copied: the person, the check, consent, draft, documents,
application, its steps, notifications, numbers of updates. Copies have numbers of their own, and hashes that fall
anywhere in their index, as real ones do.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing

from sqlalchemy import Column, Connection, make_url, update
from sqlalchemy import Table as Columns

from bench.conversation import KNOWN
from bot.clock import system_clock
from bot.transactions import Transactions
from db.migrate import migrate
from db.session import Database
from db.tables import (
    ApplicationEventRow,
    ApplicationRow,
    CheckRow,
    ConsentRow,
    DocumentRow,
    DraftRow,
    NotificationRow,
    PersonRow,
    Table,
    UpdateRow,
)
from db.vault import Vault
from domain.documents import DocumentState
from domain.notification import Outcome
from domain.person import Place
from tests.applications import Ready, answers, ready
from tests.applications import an_iin as iin_of
from usecases.checks import judge_check, open_check, take_answer
from usecases.competitions import InForce
from usecases.demonstration import load_demonstration
from usecases.meet_person import go, known_person, meet_person
from usecases.submit_application import submit_application
from usecases.work import Work

APART = 10_000  # numbers between a row and its next copy: more than any table has rows of those who applied first
QUICKLY = ("PRAGMA journal_mode = DELETE", "PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF",
           "PRAGMA cache_size = -500000")  # fmt: skip
UPDATES = 4  # numbers of updates kept of each person
LEFT = (PersonRow, CheckRow, ConsentRow, DraftRow, DocumentRow, ApplicationRow, ApplicationEventRow, NotificationRow,
        UpdateRow)  # fmt: skip
NUMBERED = frozenset({"id", "person_id", "draft_id", "application_id", "telegram_id", "update_id"})
UNIQUE = frozenset({"number", "unique_key", "file_unique_id"})
ANYWHERE = {"sqlite": "lower(hex(randomblob(32)))", "postgresql": "md5(random()::text) || md5(random()::text)"}


async def store(url: str, vault: Vault, first: int, many: int) -> None:
    """The applications of `first` people in a new database, and copies until there are so `many` (a multiple)."""
    database = Database(url)
    await migrate(database)
    transactions = Transactions(database, vault, system_clock)
    for begun in range(1, first + 1, 50):
        await transactions.run(_apply, range(begun, min(begun + 50, first + 1)))
    file = make_url(url).database if url.startswith("sqlite") else None
    statements = _copying("sqlite" if file else "postgresql", many // first - 1)
    if not file:
        await database.on_connection(_say, statements)
    await database.close()
    if file:
        _say_quickly(file, statements)


def telegram_id(first: int, place: int) -> int:
    """Whose place it is among the stored people: the first ones, then their copies."""
    copy, number = divmod(place, first)
    return copy * APART + number + 1


def ready_to_send(work: Work, people: range) -> dict[int, int]:
    """These people have everything but the last press; the draft of each."""
    competition = load_demonstration(work)
    return {person: _one(work, competition, person).draft for person in people}


def _one(work: Work, competition: InForce, person: int) -> Ready:
    given = answers(iin_of(person), region="79", settlement_kind="city", district="Әл-Фараби ауданы")
    one = ready(work, competition, person, given)
    check = open_check(work, one.person)
    for key, value in {"birth_date": given["birth_date"], **KNOWN}.items():
        check = take_answer(work, one.person, check, key, value)
    judge_check(work, check)
    go(work, one.person, Place.REVIEW)
    return one


def _apply(work: Work, people: range) -> None:
    """They apply, their papers arrive, the receipt is sent."""
    competition = load_demonstration(work)
    for person in people:
        one = _one(work, competition, person)
        submit_application(work, one.person, one.draft)
        for number in range(UPDATES):
            meet_person(work, person, person * UPDATES + number)
        go(work, known_person(work, person), Place.MENU)
    work.session.execute(update(DocumentRow).values(state=DocumentState.STORED, sha256="0" * 64, storage_key="stored"))
    work.session.execute(update(NotificationRow).values(state=Outcome.SENT, done_at=work.now))


def _say(connection: Connection, statements: list[str]) -> None:
    for statement in statements:
        connection.exec_driver_sql(statement)


def _say_quickly(file: str, statements: list[str]) -> None:
    """Without a journal and without waiting for the disk: whatever breaks off here is thrown away."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        for statement in (*QUICKLY, *statements):
            connection.execute(statement)


def _copying(dialect: str, copies: int) -> list[str]:
    """What copies the rows of all that applied; PostgreSQL is then told from where to number new ones."""
    tables = [Table.metadata.tables[row.__tablename__] for row in LEFT]
    said = [_copying_of(table, dialect, copies) for table in tables] if copies else []
    if dialect == "postgresql":
        counted = [table.name for table in tables if table.autoincrement_column is not None]
        said += [
            f"SELECT setval(pg_get_serial_sequence('{one}', 'id'), (SELECT max(id) FROM {one}))" for one in counted
        ]
        said.append("ANALYZE")
    return said


def _copying_of(table: Columns, dialect: str, copies: int) -> str:
    key = next(iter(table.primary_key)).name
    taken = ", ".join(_taken(column, dialect) for column in table.columns)
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    return (
        f"WITH RECURSIVE copies(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copies WHERE n < {copies}) "
        f'INSERT INTO "{table.name}" ({names}) SELECT {taken} FROM copies CROSS JOIN "{table.name}" '
        f'WHERE "{key}" < {APART}'
    )


def _taken(column: Column[object], dialect: str) -> str:
    name = f'"{column.name}"'
    if column.name in NUMBERED:
        return f"{name} + n * {APART}"
    if column.name in UNIQUE:
        return f"{name} || '-' || n"
    return ANYWHERE[dialect] if column.name == "iin_hash" else name
