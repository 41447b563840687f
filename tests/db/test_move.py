"""Moving from one database into the other: all of it, exactly, or nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy import JSON, Boolean, Column, Date, Integer, LargeBinary, String, insert, select, text
from sqlalchemy.orm import Session

from db.migrate import make_folder, migrate
from db.move import Hindrance, Moved, move
from db.session import Database
from db.tables import CheckRow, PersonRow, Table, UpdateRow
from db.tables.columns import Moment
from db.vault import Vault
from tests.engines import Postgres
from tests.factories import DATA_KEY, NOW, a_competition
from tests.in_force import PutInForce
from tests.life import a_life
from usecases.meet_person import known_person
from usecases.work import Work

T = TypeVar("T")
EVERY = {table.name for table in Table.metadata.sorted_tables}
WAYS = [("file", "postgresql"), ("postgresql", "file"), ("file", "copy"), ("postgresql", "second")]


@pytest.fixture
def urls(postgres: Postgres, tmp_path: Path) -> Iterator[dict[str, str]]:
    """Databases to move from and to, without tables."""
    with postgres.another(migrated=False) as one, postgres.another(migrated=False) as other:
        files = {name: f"sqlite:///{tmp_path}/{name}.db" for name in ("file", "copy")}
        yield {"postgresql": one, "second": other, **files}


async def in_one(url: str, step: Callable[[Session], T]) -> T:
    """A step in a transaction of its own on this database."""
    database = Database(url)
    try:
        return await database.transaction(step)
    finally:
        await database.close()


async def made(url: str) -> str:
    """The database with its tables."""
    make_folder(url)
    database = Database(url)
    await migrate(database)
    await database.close()
    return url


def contents(session: Session) -> dict[str, list[str]]:
    """Everything, as values."""
    return {
        table.name: sorted(repr([_value(value) for value in row]) for row in session.execute(select(table)))
        for table in Table.metadata.sorted_tables
    }


def _value(value: Any) -> Any:
    return json.dumps(value, sort_keys=True) if isinstance(value, dict) else value


async def moved(source: str, target: str) -> tuple[bool, list[Moved]]:
    heard: list[Moved] = []
    return await move(source, target, heard.append), heard


SAMPLES = (
    (Moment, NOW),
    (Date, NOW.date()),
    (JSON, {"x": 1}),
    (Boolean, True),
    (Integer, 1),
    (LargeBinary, b"x"),
    (String, "x"),
)


def fill_the_rest(session: Session) -> None:
    """Some row in every table that has none yet; what refers to others refers to their first row."""
    for table in Table.metadata.sorted_tables:
        if session.execute(select(table).limit(1)).first() is None:
            session.execute(insert(table).values({column.name: _sample(column) for column in table.columns}))


def _sample(column: Column[Any]) -> Any:
    return next(value for kind, value in SAMPLES if isinstance(column.type, kind))


@pytest.mark.parametrize(("source", "target"), WAYS)
async def test_everything_arrives(urls: dict[str, str], put_in_force: PutInForce, source: str, target: str) -> None:
    def fill(session: Session) -> dict[str, list[str]]:
        work = Work(session, NOW + timedelta(microseconds=7), Vault(DATA_KEY))
        one = put_in_force(session, a_competition())
        for telegram_id in (7_001_001, 5_000_000_000, (1 << 52) - 1):
            a_life(work, one, telegram_id)
        fill_the_rest(session)
        return contents(session)

    before = await in_one(await made(urls[source]), fill)
    assert {name for name, rows in before.items() if rows} == EVERY
    same, heard = await moved(urls[source], urls[target])
    assert same
    assert {one.name: (one.read, one.found, one.same) for one in heard} == {
        name: (len(rows), len(rows), True) for name, rows in before.items()
    }
    assert await in_one(urls[target], contents) == before
    assert await in_one(urls[source], contents) == before
    assert await in_one(urls[target], newcomer) == 4


def newcomer(session: Session) -> int:
    """Somebody new gets the next number."""
    return known_person(Work(session, NOW, Vault(DATA_KEY)), 99).id


@pytest.mark.parametrize(("source", "target"), WAYS)
async def test_json_arrives_as_it_was_written(urls: dict[str, str], source: str, target: str) -> None:
    """Numbers of any spelling, nothing and JSON's null, quotes and letters beyond the basic plane."""
    written = {"ә": [1, 1.5, 1e20, -0.0, None, True], "a\"'\\": {"😀": "\t"}, "": 12345678901234567890}

    def fill(session: Session) -> None:
        newcomer(session)
        whose = {"person_id": 1, "begun_at": NOW, "sealed": b"\x00\xff"}
        session.execute(insert(CheckRow).values(**whose, answers=written, verdict=None))
        session.execute(insert(CheckRow).values(**whose, answers={}))

    def read(session: Session) -> list[Any]:
        kinds = text("SELECT verdict IS NULL FROM eligibility_check ORDER BY id")
        values = session.execute(select(CheckRow.answers, CheckRow.sealed).order_by(CheckRow.id)).all()
        return [tuple(row) for row in values] + [bool(row[0]) for row in session.execute(kinds)]

    await in_one(await made(urls[source]), fill)
    assert (await moved(urls[source], urls[target]))[0]
    assert await in_one(urls[target], read) == [(written, b"\x00\xff"), ({}, b"\x00\xff"), False, True]


async def test_a_target_with_anything_in_it_is_left_alone(urls: dict[str, str]) -> None:
    await in_one(await made(urls["file"]), newcomer)
    await in_one(await made(urls["postgresql"]), newcomer)
    before = await in_one(urls["postgresql"], contents)
    with pytest.raises(Hindrance, match=r"^The target is not empty: its table person has rows. Nothing was moved\.$"):
        await moved(urls["file"], urls["postgresql"])
    assert await in_one(urls["postgresql"], contents) == before


async def test_a_source_that_is_not_there_or_not_up_to_date_is_named(urls: dict[str, str]) -> None:
    with pytest.raises(Hindrance, match=r"^There is no database .*/file\.db\.$"):
        await moved(urls["file"], urls["postgresql"])
    with pytest.raises(Hindrance, match="not up to date"):
        await moved(urls["second"], urls["postgresql"])


SPOILED = {
    "postgresql": (
        "CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN NEW.place := 'elsewhere'; RETURN NEW; END $$",
        "CREATE TRIGGER spoil BEFORE INSERT ON person FOR EACH ROW EXECUTE FUNCTION spoil()",
    ),
    "copy": ("CREATE TRIGGER spoil AFTER INSERT ON person BEGIN UPDATE person SET place = 'elsewhere'; END",),
}


@pytest.mark.parametrize("target", SPOILED)
async def test_what_arrives_differently_is_not_kept(urls: dict[str, str], target: str) -> None:
    await in_one(await made(urls["file"]), newcomer)

    def spoil(session: Session) -> None:
        for statement in SPOILED[target]:
            session.execute(text(statement))

    await in_one(await made(urls[target]), spoil)
    same, heard = await moved(urls["file"], urls[target])
    assert not same
    assert [(one.name, one.read, one.found) for one in heard if not one.same] == [("person", 1, 1)]
    assert not any((await in_one(urls[target], contents)).values())


def command(*words: str) -> subprocess.CompletedProcess[str]:
    run = [sys.executable, "-m", "bot", "move", *words]
    return subprocess.run(run, capture_output=True, text=True, check=False, timeout=600)


async def test_the_command_lists_every_table(urls: dict[str, str]) -> None:
    await in_one(await made(urls["file"]), newcomer)
    done = command("--from", urls["file"], "--to", urls["postgresql"])
    assert (done.returncode, done.stderr) == (0, "")
    *tables, last = done.stdout.splitlines()
    assert {line.split()[0] for line in tables} == EVERY
    assert "person                             1  the same" in tables
    assert last == f"{len(EVERY)} tables, 1 rows, all the same."
    again = command("--from", urls["file"], "--to", urls["postgresql"])
    assert (again.returncode, again.stdout) == (1, "")
    assert again.stderr == "Error: The target is not empty: its table person has rows. Nothing was moved.\n"


async def many(url: str, people: int) -> None:
    def fill(session: Session) -> None:
        row = {"place": "menu", "focus": "", "muted": [], "met_at": NOW, "seen_at": NOW}
        for first in range(0, people, 10_000):
            ids = range(first + 1, min(first + 10_000, people) + 1)
            session.execute(insert(PersonRow), [{**row, "telegram_id": number} for number in ids])
            session.execute(insert(UpdateRow), [{"update_id": number, "handled_at": NOW} for number in ids])

    await in_one(await made(url), fill)


# Says at the end how much memory it ever took, in MB (Linux: proc(5), VmHWM).
MEASURED = """
import re, runpy, sys
sys.argv = ["bot", "move", *sys.argv[1:]]
try:
    runpy.run_module("bot", run_name="__main__")
finally:
    print(int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) // 1024)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read as Linux shows it")
@pytest.mark.parametrize(
    ("source", "target", "people"),
    [
        ("file", "postgresql", 3_000),
        pytest.param("file", "postgresql", 500_000, marks=pytest.mark.soak),
        pytest.param("postgresql", "copy", 500_000, marks=pytest.mark.soak),
    ],
)
async def test_a_million_rows_take_no_more_memory_than_a_few(
    urls: dict[str, str], source: str, target: str, people: int
) -> None:
    await many(urls[source], people)
    run = [sys.executable, "-c", MEASURED, "--from", urls[source], "--to", urls[target]]
    done = subprocess.run(run, capture_output=True, text=True, check=False, timeout=1800)
    *_, last, megabytes = done.stdout.splitlines()
    assert last.endswith("all the same."), done.stderr
    assert int(megabytes) < 160
    assert await in_one(urls[target], newcomer_number) == people + 1


def newcomer_number(session: Session) -> int:
    return known_person(Work(session, NOW, Vault(DATA_KEY)), 10_000_000).id
