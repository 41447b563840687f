"""People at their last questions while the machine fails, again and again; somebody else writes meanwhile, and is told.

All goes on by itself; nothing that was confirmed is lost, nothing is there twice.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AbstractContextManager, asynccontextmanager, suppress
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from domain.notification import Kind
from tests.applicant import AIGERIM, Applicant
from tests.applicants import agrees
from tests.at_work import beside
from tests.conversations.test_whole_application import InHouse
from tests.crowd import an_iin
from tests.drafts import a_draft
from tests.over_http import until
from tests.person import House, Person
from usecases.competitions import competitions_in_force
from usecases.drafts import Draft
from usecases.meet_person import known_person
from usecases.notify import free_stuck, notify
from usecases.work import Work

Outage = Callable[[], AbstractAsyncContextManager[None]]
TOLD = {
    "kk": "Қазір ештеңе сақтай алмай тұрмын: бізде техникалық ақау шықты. Жібергеніңіз жоғалмайды: ақау жөнделген "
    "бойда жауап беремін. Қайта жіберудің қажеті жоқ.",
    "ru": "Сейчас я не могу ничего записать: у нас неполадка. То, что вы отправили, не потеряется: как только смогу, "
    "отвечу. Отправлять ещё раз не нужно.",
}
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


def meanwhile(fault: Callable[[], AbstractContextManager[None]]) -> Outage:
    """An outage that begins and ends at once."""

    @asynccontextmanager
    async def outage() -> AsyncIterator[None]:
        with fault():
            yield

    return outage


async def outlive(house: House, people: int, outages: Sequence[Outage], *, steady: bool = True) -> None:
    """So many applications through all these outages. `steady`: while one lasts nothing at all can be written."""
    began = time.monotonic()
    applicants = [await _an_applicant(house, FIRST + number) for number in range(people)]
    witness = Lasting(house, house.person(WITNESS).account)
    await witness.speaks("kk")
    async with beside(house.program.sender.run(), house.program.fetcher.run()):
        await asyncio.gather(_one_after_another(witness, outages, steady), *map(_goes_on, applicants))
    await _the_rest_goes_out(house)
    house.check()
    state = house.program.intake.machine
    assert not state.away
    assert state.outages == len(outages) if steady else state.outages >= len(outages)
    assert state.faults >= len(outages)
    print({"outages": len(outages), "people": people, "faults": state.faults,
           "seconds": round(time.monotonic() - began)})  # fmt: skip
    await _all_is_there_once(house, people)


async def _all_is_there_once(house: House, people: int) -> None:
    numbers = [f"79-2026-{number + 1:06d}" for number in range(people)]
    assert sorted(await house.rows("SELECT number FROM application")) == [(number,) for number in numbers]
    assert await house.rows("SELECT state, count(*) FROM document GROUP BY state") == [("stored", 3 * people)]
    assert {row[0] for row in await house.rows("SELECT state FROM notification")} == {"sent"}
    assert await house.rows("SELECT count(*) FROM set_aside_update") == [(0,)]


async def _an_applicant(house: House, number: int) -> Lasting:
    """Near the end of the form, with notifications to come."""
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


async def _goes_on(person: Lasting) -> None:
    """From the last questions to the receipt."""
    applicant = Applicant(AIGERIM, Patiently(person.house, person))
    await person.says("/apply")
    await applicant.fills_in()
    await applicant.sends_documents()
    await applicant.sends_application()


async def _one_after_another(witness: Lasting, outages: Sequence[Outage], steady: bool) -> None:
    """Each lasts until the witness, who writes meanwhile, has been told."""
    for place, outage in enumerate(outages, 1):
        await asyncio.sleep(0.2)
        async with outage():
            waiting = await _writes_until_told(witness)
        await waiting
        assert witness.sees != TOLD["kk"], [(m.id, m.text[:40]) for m in witness.chat.messages]
        assert witness.texts.count(TOLD["kk"]) == place or not steady


async def _writes_until_told(witness: Lasting) -> asyncio.Future[None]:
    """What they wrote last, which waits. On a full disk there may be room for a line or two yet."""
    before = witness.texts.count(TOLD["kk"])
    async with asyncio.timeout(LONGEST):
        while True:
            waiting = asyncio.ensure_future(witness.says("/menu"))
            while witness.texts.count(TOLD["kk"]) == before and not waiting.done():
                await asyncio.sleep(0.02)
            if witness.texts.count(TOLD["kk"]) > before:
                return waiting
            await waiting


async def _the_rest_goes_out(house: House) -> None:
    """What broke off comes back when its time is over."""
    for _ in range(10):
        house.clock.goes(minutes=20)
        await house.work(free_stuck)
        await house.settle()
