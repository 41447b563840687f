"""A real PostgreSQL is stopped and started again while people are at their last questions: in order, and as in a crash.

Whoever acts meanwhile is told; all goes on by itself; nothing that was confirmed is lost, nothing is there twice.
"""

from __future__ import annotations

import asyncio
import gc
import time
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy.exc import SQLAlchemyError

from bot.intake import intake as intake_module
from bot.intake import machine
from domain.notification import Kind
from tests.applicant import AIGERIM, Applicant
from tests.applicants import agrees
from tests.at_work import beside
from tests.bot.test_machine_away import TOLD
from tests.conversations.test_whole_application import InHouse
from tests.crowd import an_iin
from tests.drafts import a_draft
from tests.engines import UNSEEN
from tests.over_http import until
from tests.person import House, Person, a_house
from tests.postgres import Kept, NoPostgres, a_server_to_stop
from usecases.competitions import competitions_in_force
from usecases.drafts import Draft
from usecases.meet_person import known_person
from usecases.notify import free_stuck, notify
from usecases.work import Work

WITNESS, FIRST = 999, 1001
LAST_QUESTIONS = ("publicity", "budget", "funded_elsewhere")
AWAY = (SQLAlchemyError, OSError)
LONGEST = 120.0  # seconds: no outage here is as long


class Lasting(Person):
    """Somebody who waits for the answer to what they did, however long; timers are not theirs."""

    async def _do(self, *updates: dict[str, Any] | None) -> None:
        for update in filter(None, updates):
            await self.house.program.intake.take(update)
        # In a crowd that was the commit, not the answer.
        await until(lambda: self.account.id not in self.house.program.intake._lines, LONGEST)


class Patiently(InHouse):
    """Hands that look at the database again when it is back."""

    async def draft(self) -> Draft:
        async with asyncio.timeout(LONGEST):
            while True:
                with suppress(*AWAY):
                    return await super().draft()
                await asyncio.sleep(0.05)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "PAUSE", 0.05)
    monkeypatch.setattr(machine, "TELL_AFTER", 0.1)
    monkeypatch.setattr(intake_module, "LOOK_EVERY", 0.02)


@pytest.fixture
def kept() -> Iterator[Kept]:
    try:
        with a_server_to_stop() as one:
            yield one
        with warnings.catch_warnings():  # asyncpg leaves a connection that broke while it was made to the collector
            warnings.simplefilter("ignore", ResourceWarning)
            gc.collect()
    except NoPostgres as missing:
        pytest.skip(f"{UNSEEN}: {missing}")


@pytest.fixture
async def house(kept: Kept) -> AsyncIterator[House]:
    async with a_house(url=await kept.server.create("zhas")) as one:
        await one.opens_competition()
        yield one


async def an_applicant(house: House, number: int) -> Lasting:
    """Near the end of the form."""
    account = house.person(number).account
    person = Lasting(house, account)
    await person.speaks("kk")
    await agrees(house, number)

    def fill(work: Work) -> None:
        [one] = competitions_in_force(work)
        me, iin = known_person(work, number), an_iin(AIGERIM.said["iin"], number)
        a_draft(work, me, one, *LAST_QUESTIONS, at=LAST_QUESTIONS[0], vulnerable_groups=["none"], iin=iin)
        for place in range(20):
            notify(work, me.id, Kind.REDRAW, f"{number}:{place}")

    await house.work(fill)
    return person


async def goes_on(person: Lasting) -> None:
    """From the last questions to the receipt."""
    applicant = Applicant(AIGERIM, Patiently(person.house, person))
    await person.says("/apply")
    await applicant.fills_in()
    await applicant.sends_documents()
    await applicant.sends_application()


async def restarts(house: House, kept: Kept, witness: Lasting, ways: tuple[str, ...]) -> None:
    """Stop in each of these ways; start again once the witness, who writes meanwhile, has been told."""
    for place, way in enumerate(ways, 1):
        await asyncio.sleep(0.2)
        await asyncio.to_thread(kept.stop, way)
        waiting = asyncio.ensure_future(witness.says("/menu"))
        async with asyncio.timeout(20):
            while witness.texts.count(TOLD["kk"]) < place:
                await asyncio.sleep(0.02)
        await asyncio.to_thread(kept.start)
        await waiting
        assert witness.sees != TOLD["kk"], [(m.id, m.text[:40]) for m in witness.chat.messages]
        assert witness.texts.count(TOLD["kk"]) == place


async def the_rest_goes_out(house: House) -> None:
    """What broke off comes back when its time is over."""
    for _ in range(10):
        house.clock.goes(minutes=20)
        await house.work(free_stuck)
        await house.settle()


async def attack(house: House, kept: Kept, people: int, ways: tuple[str, ...]) -> None:
    began = time.monotonic()
    applicants = [await an_applicant(house, FIRST + number) for number in range(people)]
    witness = Lasting(house, house.person(WITNESS).account)
    await witness.speaks("kk")
    async with beside(house.program.sender.run(), house.program.fetcher.run()):
        await asyncio.gather(restarts(house, kept, witness, ways), *map(goes_on, applicants))
    await the_rest_goes_out(house)
    house.check()
    state = house.program.intake.machine
    assert (state.outages, state.away) == (len(ways), False)
    assert state.faults >= len(ways)
    print({"restarts": len(ways), "people": people, "faults": state.faults, "seconds": round(time.monotonic() - began)})
    numbers = [f"79-2026-{number + 1:06d}" for number in range(people)]
    assert sorted(await house.rows("SELECT number FROM application")) == [(number,) for number in numbers]
    assert await house.rows("SELECT state, count(*) FROM document GROUP BY state") == [("stored", 3 * people)]
    assert {row[0] for row in await house.rows("SELECT state FROM notification")} == {"sent"}
    assert await house.rows("SELECT count(*) FROM set_aside_update") == [(0,)]


async def test_two_restarts_are_told_of_counted_and_outlived(house: House, kept: Kept) -> None:
    await attack(house, kept, 3, ("INT", "QUIT"))


@pytest.mark.soak
async def test_thirty_restarts(house: House, kept: Kept) -> None:
    await attack(house, kept, 30, ("INT", "QUIT", "QUIT") * 10)
