"""The machine fails: the database locked by another process, the disk full.

People are told in their language, nothing is lost or set aside, and all goes on by itself.
"""

from __future__ import annotations

import asyncio
import resource
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection
from structlog.testing import capture_logs

from bot.intake import intake as intake_module
from bot.intake import machine
from bot.show import show
from domain.notification import Kind
from tests.applicants import draft_of, stands_at
from tests.outlived import TOLD, meanwhile, outlive
from tests.over_http import until
from tests.person import House, Person, a_house
from tests.small_disk import SmallDisk, a_small_disk
from usecases.meet_person import known_person
from usecases.notify import notify

pytestmark = pytest.mark.usefixtures("impatient")


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """The bot on a file of its own."""
    async with a_house(url=f"sqlite:///{tmp_path}/bot.db") as one:
        yield one


def told(person: Person, language: str) -> bool:
    return TOLD[language] in person.texts


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Another process writes to the database, and does not end."""
    with closing(sqlite3.connect(folder / "bot.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@asynccontextmanager
async def full(house: House) -> AsyncIterator[None]:
    """Not a page more fits on the disk: with no free page left, SQLite is at its limit."""
    await house.database.on_connection(_pragma, "max_page_count = 1")  # SQLite takes the present size, then
    with pytest.raises(Exception, match="database or disk is full"):
        await house.rows("CREATE TABLE filler AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
                         "WHERE i < 1000000) SELECT i, hex(zeroblob(1000)) FROM n")  # fmt: skip
    yield
    await house.database.on_connection(_pragma, "max_page_count = 1000000")


def _pragma(connection: Connection, words: str) -> None:
    connection.exec_driver_sql(f"PRAGMA {words}")


async def test_while_another_process_holds_the_lock_people_are_told_once_and_all_is_done_afterwards(
    house: House, tmp_path: Path
) -> None:
    aigerim, danila = await stands_at(house, "surname", "name", "title", at="surname"), house.person(1002, "ru")
    await danila.speaks("ru")
    intake = house.program.intake
    with capture_logs() as log:
        with locked(tmp_path):
            said = [aigerim.account.says(words) for words in ("Орлова", "Дана")]
            said.append(danila.account.says("/menu"))
            taking = asyncio.gather(*map(intake.take, said))
            await until(lambda: told(aigerim, "kk") and told(danila, "ru"), seconds=10)
            await asyncio.sleep(0.2)
            assert intake.machine.away
            assert not taking.done()
        await taking
    assert [message.text for message in aigerim.chat.messages].count(TOLD["kk"]) == 1
    answers = (await draft_of(house)).answers
    assert (answers["surname"], answers["name"]) == ("Орлова", "Дана")
    assert "ZHAS PROJECT" in danila.sees
    assert (intake.failed, intake.machine.away, intake.machine.outages) == (0, False, 1)
    assert intake.machine.faults > len(intake_module.PAUSES)
    assert await house.rows("SELECT * FROM set_aside_update") == []
    assert {"machine away", "machine works again"} <= {entry["event"] for entry in log}
    assert "Орлова" not in str(log)


async def test_who_wrote_before_a_restart_is_told_in_the_language_of_their_telegram(
    house: House, tmp_path: Path
) -> None:
    aigerim, danila = house.person(1001, "kk"), house.person(1002, "ru")
    await aigerim.speaks("ru")
    await house.restart()
    with locked(tmp_path):
        updates = [aigerim.account.says("/menu"), danila.account.starts()]
        taking = asyncio.gather(*map(house.program.intake.take, updates))
        await until(lambda: told(aigerim, "kk") and told(danila, "ru"), seconds=10)
    await taking
    assert "ZHAS PROJECT" in danila.sees


async def test_a_press_is_done_once_the_lock_is_gone(house: House, tmp_path: Path) -> None:
    aigerim = await stands_at(house, "sex", at="sex")
    message, data = aigerim._button("Әйел")
    press = aigerim.account.presses(message.id, data)
    assert press
    with locked(tmp_path):
        taking = asyncio.ensure_future(house.program.intake.take(press))
        await until(lambda: told(aigerim, "kk"), seconds=10)
    await taking
    assert (await draft_of(house)).answers["sex"] == "female"


async def test_a_group_is_told_nothing(house: House, tmp_path: Path) -> None:
    """What comes from there needs no database; and who only blocked the bot waits for nothing."""
    aigerim = house.person()
    await aigerim.speaks("kk")
    with locked(tmp_path):
        taking = asyncio.ensure_future(house.program.intake.take(aigerim.account.blocks()))
        await until(lambda: house.program.intake.machine.faults > 5, seconds=10)
    await taking
    assert not told(aigerim, "kk")
    assert await house.rows("SELECT unreachable_since IS NOT NULL FROM person") == [(1,)]


async def test_on_a_full_disk_an_answer_waits_and_is_kept_once_there_is_room(house: House) -> None:
    aigerim = await stands_at(house, "goal", at="goal")
    words = "Ауыл балаларына тегін үйірме ашамыз. " * 40
    async with full(house):
        taking = asyncio.ensure_future(house.program.intake.take(aigerim.account.says(words)))
        await until(lambda: told(aigerim, "kk"), seconds=10)
        assert not taking.done()
    await taking
    assert (await draft_of(house)).answers["goal"] == words.strip()
    assert house.program.intake.failed == 0


async def test_an_update_that_fails_for_itself_while_the_machine_is_away_is_set_aside_afterwards(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake_module, "PAUSES", (0.0, 0.0, 0.0))
    raw = {"update_id": 77, "message": {"message_id": "not a number", "from": {"id": 1001}}}
    with locked(tmp_path):
        taking = asyncio.ensure_future(house.program.intake.take(raw))
        await until(lambda: house.program.intake.machine.faults > 3, seconds=10)
        assert not taking.done()
    await taking
    assert await house.rows("SELECT update_id, tries FROM set_aside_update") == [(77, 3)]


async def test_slowness_is_the_updates_own_fault_only_while_the_machine_is_well(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crowd in front of a locked database waits longer than any update may take."""
    monkeypatch.setattr(intake_module, "PAUSES", (0.0, 0.0, 0.0))
    monkeypatch.setattr(intake_module, "LONGEST", 0.6)
    people = [house.person(number) for number in range(1001, 1031)]
    with locked(tmp_path):
        taking = asyncio.gather(*(house.program.intake.take(one.account.starts()) for one in people))
        await asyncio.sleep(1.5)
        assert not taking.done()
    await taking
    assert all("Қазақша" in one.labels for one in people)
    assert await house.rows("SELECT * FROM set_aside_update") == []


async def test_a_notification_sent_while_its_outcome_cannot_be_written_goes_out_once(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.sender.RECORD_PAUSES", (0.05,) * 40)
    aigerim = house.person()
    await aigerim.speaks("kk")
    await house.work(lambda work: notify(work, known_person(work, 1001).id, Kind.BROKEN, "1"))
    sent, lock = house.telegram.calls, sqlite3.connect(tmp_path / "bot.db", isolation_level=None)
    usual = house.program.sender.turns.word

    async def then_lock(*about: Any) -> Any:
        reply = await usual(*about)
        lock.execute("BEGIN IMMEDIATE")
        return reply

    monkeypatch.setattr(type(house.program.turns), "word", lambda _self, *about: then_lock(*about))
    before = len(sent)
    sending = asyncio.ensure_future(house.program.sender.send_due())
    await until(lambda: len(sent) > before, seconds=10)
    await asyncio.sleep(0.2)
    assert not sending.done()
    lock.execute("ROLLBACK")
    lock.close()
    await sending
    assert await house.rows("SELECT state FROM notification") == [("sent",)]
    assert len(sent) == before + 1


@contextmanager
def no_larger_file(than: Path) -> Iterator[None]:
    """As `ulimit -f`: this process may write into no file beyond the size of this one."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (than.stat().st_size, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)


async def test_while_the_disk_takes_no_byte_all_waits(house: House, tmp_path: Path) -> None:
    """The system refuses the write, as a disk without room does; the write-ahead log is where everything goes first."""
    aigerim = await stands_at(house, "goal", at="goal")
    words = "Ауыл балаларына тегін үйірме ашамыз. " * 40
    with no_larger_file(than=tmp_path / "bot.db-wal"):
        taking = asyncio.ensure_future(house.program.intake.take(aigerim.account.says(words)))
        await until(lambda: told(aigerim, "kk"), seconds=10)
        assert not taking.done()
    await taking
    assert (await draft_of(house)).answers["goal"] == words.strip()
    assert house.program.intake.failed == 0
    assert await house.rows("PRAGMA integrity_check") == [("ok",)]


async def test_the_last_fault_of_an_outage_begins_no_new_one(house: House) -> None:
    """Two updates are tried as the machine comes back: one finds it well, then the other's fault arrives."""
    state, error = house.program.intake.machine, OSError(28, "full")
    started = asyncio.get_running_loop().time()
    state.failed(error, started)
    state.works(started - 1)
    assert state.away
    state.works(asyncio.get_running_loop().time())
    state.failed(error, started)
    assert (state.faults, state.outages, state.away) == (2, 1, False)
    state.failed(error, asyncio.get_running_loop().time())
    assert (state.faults, state.outages, state.away) == (3, 2, True)


async def test_what_needs_no_database_ends_no_outage(house: House) -> None:
    state, group = house.program.intake.machine, {"id": -5, "type": "group", "title": "G"}
    state.failed(OSError(28, "full"), asyncio.get_running_loop().time())
    sender = {"id": 7, "is_bot": False, "first_name": "A"}
    said = {"message_id": 1, "date": 1, "text": "сәлем", "chat": group, "from": sender}
    await house.program.intake.take({"update_id": 10**6, "message": said})
    assert (state.away, house.program.intake.failed) == (True, 0)
    await house.person().starts()
    assert not state.away


async def test_a_stop_does_not_wait_for_what_waits_for_the_machine(house: House, tmp_path: Path) -> None:
    person = house.person()
    await person.speaks("kk")
    with locked(tmp_path):
        taking = asyncio.ensure_future(house.program.intake.take(person.account.says("/menu")))
        await until(lambda: house.program.intake.machine.away, seconds=10)
        async with asyncio.timeout(1):
            await house.program.intake.finish()
        assert not taking.done(), "it would be acknowledged"
    await taking


async def test_nobody_is_told_of_an_outage_that_has_just_ended(house: House) -> None:
    person = house.person()
    await person.speaks("kk")
    state, now = house.program.intake.machine, asyncio.get_running_loop().time()
    state.failed(OSError(28, "full"), now)
    telling = asyncio.ensure_future(state.tell(person.account.says("/menu")))
    state.works(asyncio.get_running_loop().time())
    await telling
    assert not told(person, "kk")


async def test_why_they_wait_is_said_above_the_answer(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Telegram takes its time over the news; the machine comes back before it is shown."""
    person, slow, tells = await stands_at(house, "title", at="title"), asyncio.Event(), asyncio.Event()
    usual, intake = show, house.program.intake
    once = intake._once

    async def show_slowly(*what: Any) -> Any:
        tells.set()
        await slow.wait()
        return await usual(*what)

    async def fails_first(*update: Any) -> None:
        if not tells.is_set():
            raise OSError(28, "full")
        await once(*update)

    monkeypatch.setattr(machine, "show", show_slowly)
    monkeypatch.setattr(intake, "_once", fails_first)
    saying = intake.take(person.account.says("Ауладағы кітапхана"))
    async with asyncio.timeout(10):
        while "title" not in (await draft_of(house)).answers:
            await asyncio.sleep(0.01)
    slow.set()
    await saying
    shown = person.texts
    assert shown.index(TOLD["kk"]) == len(shown) - 2


@pytest.mark.parametrize(("people", "times"), [(3, 2), pytest.param(30, 60, marks=pytest.mark.soak)])
async def test_applications_outlive_a_database_that_is_locked_again_and_again(
    house: House, tmp_path: Path, people: int, times: int
) -> None:
    await house.opens_competition()
    await outlive(house, people, [meanwhile(lambda: locked(tmp_path))] * times)


@contextmanager
def no_room(disk: SmallDisk) -> Iterator[None]:
    """Also none in the write-ahead log, which is written over again and again."""
    with closing(sqlite3.connect(disk.folder / "bot.db", timeout=1)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with disk.full():
        yield


@pytest.mark.parametrize(("people", "times"), [(3, 2), pytest.param(30, 60, marks=pytest.mark.soak)])
async def test_applications_outlive_a_real_disk_that_is_full_again_and_again(
    tmp_path: Path, people: int, times: int
) -> None:
    with a_small_disk(tmp_path, 64 << 20) as disk:
        async with a_house(url=f"sqlite:///{tmp_path}/bot.db") as house:
            await house.opens_competition()
            await outlive(house, people, [meanwhile(lambda: no_room(disk))] * times, steady=False)
            assert await house.rows("PRAGMA integrity_check") == [("ok",)]
