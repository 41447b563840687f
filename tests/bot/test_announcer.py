"""What announcing costs: a look a second while there is nothing, and an outbox full enough for a fast pace."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from bot import announcer as announcer_module
from bot.announcer import Announcer
from bot.assembly import Program, assemble
from bot.settings import load_settings
from bot.transactions import Transactions
from domain.announcement import Fate, Said
from domain.audience import Part
from domain.staff import Role
from sandbox.session import SandboxSession
from sandbox.telegram import Telegram
from tests import announcing
from tests.announcing import NOT_STAFF, written
from tests.factories import DATA_KEY
from tests.person import SetClock
from tests.staff import hired
from tests.tables import make_tables
from usecases import announce, announce_correction, announce_sending
from usecases.announcement_feed import FEED, feed
from usecases.announcement_lists import list_from_file
from usecases.announcement_report import want_report, wanted
from usecases.work import Work


@dataclass(frozen=True)
class Counted(Transactions):
    """Transactions, with the names of what ran in them."""

    ran: list[str] = field(default_factory=list)

    async def run(self, usecase: Any, *args: Any, **kwargs: Any) -> Any:
        self.ran.append(usecase.__name__)
        return await super().run(usecase, *args, **kwargs)


def a_program(database_url: str, telegram: Telegram, clock: SetClock | None = None) -> Program:
    settings = load_settings(
        _env_file=None,
        bot_token="4242:tests-have-no-token",
        data_key=DATA_KEY,
        files_url="memory:",
        database_url=database_url,
    )
    return assemble(settings, session=SandboxSession(telegram), clock=clock or SetClock())


async def test_it_asks_one_question_until_there_is_something_to_do(database_url: str) -> None:
    clock = SetClock()
    program = a_program(database_url, Telegram(), clock)
    await program.database.on_connection(make_tables)
    counted = Counted(program.database, program.vault, clock)
    announcer = Announcer(program.bot, counted)
    run = program.transactions.run

    def planned(work: Work) -> int:
        chief = hired(work, Role.ADMINISTRATOR, 1, "*")
        announcing.people(work, 3)
        return announce_sending.send(work, chief, written(work, chief).id, work.now + timedelta(hours=1)).id

    number = await run(planned)
    assert (await announcer.step(), counted.ran) == (False, ["anything_to_do"])
    clock.goes(hours=1)
    await announcer.step()
    assert counted.ran[1:] == ["anything_to_do", "wanted", "next_to_read", "feed"]
    counted.ran.clear()
    await run(lambda work: announce.change(work, announce.known(work, number), stage="done"))
    assert (await announcer.step(), counted.ran) == (False, ["anything_to_do"])
    await run(lambda work: want_report(work, hired(work, Role.ADMINISTRATOR, 2, "*"), number))
    assert (await announcer.step(), "given" in counted.ran) == (True, True)

    def uploaded(work: Work) -> None:
        chief = hired(work, Role.ADMINISTRATOR, 3, "*")
        one = announce.begin_announcement(work, chief)
        list_from_file(work, chief, one.id, Part.INCLUDE, 0, ("no-such-file", "list.csv", 10))

    await run(uploaded)
    counted.ran.clear()
    await announcer.step()
    assert "next_to_read" in counted.ran
    await program.database.close()


async def a_finished_one(program: Program, telegram: Telegram) -> int:
    """An announcement that was sent to three, whose table its maker waits for, and another that is due."""

    def made(work: Work) -> int:
        chief = hired(work, Role.ADMINISTRATOR, 1, "*")
        announcing.people(work, 3)
        done = announce_sending.send(work, chief, written(work, chief).id)
        announce.change(work, done, stage="done")
        want_report(work, chief, done.id)
        return announce_sending.send(work, chief, written(work, chief).id).id

    telegram.person(1).starts()
    await program.database.on_connection(make_tables)
    return await program.transactions.run(made)


async def test_a_table_that_takes_long_holds_no_announcement_up(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcer_module, "LOOK_EVERY", 0.01)
    gate, telegram = asyncio.Event(), Telegram()

    async def slow(*_what: Any) -> list[int]:
        await gate.wait()
        return []

    monkeypatch.setattr(announcer_module, "show", slow)
    program = a_program(database_url, telegram)
    number = await a_finished_one(program, telegram)
    running = asyncio.ensure_future(program.announcer.run())
    async with asyncio.timeout(10):
        while not (await program.transactions.run(announcing.fates, number)).get(Fate.QUEUED):
            await asyncio.sleep(0.01)
    assert await program.transactions.run(wanted), "the table is still on its way"
    running.cancel()
    await asyncio.wait([running])
    await program.database.close()


async def test_a_table_that_cannot_be_sent_is_given_up_and_lists_are_read_meanwhile(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcer_module, "TRY_AGAIN", 0.0)
    tried, read, telegram = [0], [0], Telegram()

    async def failing(*_what: Any) -> list[int]:
        tried[0] += 1
        raise ConnectionError

    async def reading(*_what: Any) -> bool:
        read[0] += 1
        return False

    monkeypatch.setattr(announcer_module, "show", failing)
    monkeypatch.setattr(announcer_module, "read_next", reading)
    program = a_program(database_url, telegram)
    await a_finished_one(program, telegram)
    for _ in range(2 * announcer_module.MOST_TRIES):
        await program.announcer.aside()
    assert (tried[0], read[0]) == (announcer_module.MOST_TRIES, 2 * announcer_module.MOST_TRIES)
    assert await program.transactions.run(wanted) is None
    await program.database.close()


def test_the_outbox_holds_two_seconds_of_a_fast_pace(work: Work) -> None:
    chief = hired(work, Role.ADMINISTRATOR, 1, "*")
    announcing.people(work, 3 * FEED)
    one = announce_sending.send(work, chief, written(work, chief, NOT_STAFF).id)
    steps = 0
    while feed(work, 2 * FEED):
        steps += 1
    fates = announcing.fates(work, one.id)
    assert (fates, steps) == ({"queued": 2 * FEED, "waiting": FEED}, 3)  # planned, built, the first portion
    assert feed(work, 2 * FEED) is False


def test_a_correction_leaves_at_the_free_pace_and_fills_no_more_of_the_outbox(work: Work) -> None:
    chief = hired(work, Role.ADMINISTRATOR, 1, "*")
    announcing.people(work, 2 * FEED)
    one = announce_sending.send(work, chief, written(work, chief, NOT_STAFF).id)
    announcing.to_the_end(work, announcing.Delivered())
    announce_correction.correct_sent(work, chief, one.id, "ru", Said("Иначе", 5))
    while feed(work, 2 * FEED):
        pass
    assert announcing.fates(work, one.id) == {"changing": FEED, "sent": FEED}
