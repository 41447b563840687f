"""PostgreSQL is restarted under the bot: connections break in the middle of things, and all goes on by itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from threading import Thread

import asyncpg
import pytest
from sqlalchemy.exc import SQLAlchemyError

from domain.notification import Kind
from tests.applicants import draft_of, stands_at
from tests.engines import Postgres
from tests.outlived import TOLD
from tests.person import House, a_house
from tests.postgres import Server
from usecases.meet_person import known_person
from usecases.notify import free_stuck, notify
from usecases.work import Work

pytestmark = pytest.mark.usefixtures("impatient")
SAID = {
    "title": "Ауладағы кітапхана",
    "goal": "Ауыл балаларының бос уақытын қызықты өткізу, ұлттық ойындарды үйрету.",
    "territory": "Жымпиты ауылы",
    "target_group": "10–15 жастағы балалар",
}


class Outage:
    """Breaks the connections to one database, from outside."""

    def __init__(self, server: Server, hand: asyncpg.Connection, name: str) -> None:
        self._server, self._hand, self._name = server, hand, name
        self.broken = 0

    async def strike(self) -> None:
        """End every connection now, whatever it is doing."""
        await self._strike(self._hand)

    def strike_unheard(self) -> None:
        """The same, while our event loop stands still: it hears of it when it next uses one of them."""

        async def strike() -> None:
            async with self._server.connected() as hand:
                await self._strike(hand)

        elsewhere = Thread(target=lambda: asyncio.run(strike()))
        elsewhere.start()
        elsewhere.join()

    async def strike_at_work(self) -> None:
        """End the connections that are in the middle of a transaction; wait until there is one."""
        before = self.broken
        while self.broken == before:
            await self._strike(self._hand, "AND state = 'idle in transaction'")
            await asyncio.sleep(0)

    async def _strike(self, hand: asyncpg.Connection, which: str = "") -> None:
        self.broken += await hand.fetchval(
            f"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = $1 {which}", self._name
        )

    async def allow(self, allowed: bool) -> None:
        """Let nobody connect until further notice."""
        await self._hand.execute(f'ALTER DATABASE "{self._name}" ALLOW_CONNECTIONS {allowed}')

    @asynccontextmanager
    async def again_and_again(self, strike: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
        async def repeat() -> None:
            pause = 0.03
            while True:
                await strike()
                await asyncio.sleep(pause)
                pause *= 1.3  # so that a slow machine gets something done between two strikes, too

        striking = asyncio.ensure_future(repeat())
        try:
            yield
        finally:
            striking.cancel()
            with suppress(asyncio.CancelledError):
                await striking


@pytest.fixture
def url(postgres: Postgres) -> Iterator[str]:
    with postgres.another() as one:
        yield one


@pytest.fixture
async def house(url: str) -> AsyncIterator[House]:
    async with a_house(url=url) as one:
        yield one


@pytest.fixture
async def outage(postgres: Postgres, url: str) -> AsyncIterator[Outage]:
    async with postgres.server.connected() as hand:
        yield Outage(postgres.server, hand, url.partition("?")[0].rpartition("/")[2])


async def test_a_connection_that_broke_while_nobody_used_it_is_not_noticed(house: House, outage: Outage) -> None:
    person = await stands_at(house, *SAID, at="title")
    await outage.strike()
    await asyncio.sleep(0.2)  # the news of it arrives
    await person.says(SAID["title"])
    assert (await draft_of(house)).answers["title"] == SAID["title"]
    assert house.program.intake.machine.faults == 0
    assert outage.broken > 0


async def test_a_connection_that_proves_broken_at_its_begin_makes_way_for_another(house: House, outage: Outage) -> None:
    person = await stands_at(house, *SAID, at="title")
    outage.strike_unheard()
    await person.says(SAID["title"])
    assert (await draft_of(house)).answers["title"] == SAID["title"]
    assert house.program.intake.machine.faults == 0
    assert outage.broken > 0


async def test_connections_that_break_all_the_time_lose_nothing_and_repeat_nothing(
    house: House, outage: Outage
) -> None:
    person = await stands_at(house, *SAID, at="title")
    heard = person.heard()
    async with outage.again_and_again(outage.strike_at_work):
        await asyncio.gather(*(house.program.intake.take(person.account.says(words)) for words in SAID.values()))
    house.check()
    assert house.program.intake.machine.faults > 0
    answers = (await draft_of(house)).answers
    assert {key: answers[key] for key in SAID} == SAID
    assert person.heard() >= heard + len(SAID)
    assert await house.rows("SELECT count(*) FROM set_aside_update") == [(0,)]


async def test_while_there_is_no_database_people_are_told_and_then_answered(house: House, outage: Outage) -> None:
    person = await stands_at(house, *SAID, at="title")
    await outage.allow(False)
    await outage.strike()
    saying = asyncio.ensure_future(house.program.intake.take(person.account.says(SAID["title"])))
    async with asyncio.timeout(10):
        while person.sees != TOLD["kk"]:
            await asyncio.sleep(0.01)
    await outage.allow(True)
    await saying
    assert (await draft_of(house)).answers["title"] == SAID["title"]
    assert person.sees != TOLD["kk"]
    assert not house.program.intake.machine.away


async def test_what_was_queued_goes_out_after_the_outage_once_each(house: House, outage: Outage) -> None:
    person = house.person()
    await person.starts()

    def fill(work: Work) -> None:
        for subject in range(40):
            notify(work, known_person(work, person.account.id).id, Kind.REDRAW, str(subject))

    await house.work(fill)
    heard = person.heard()
    async with outage.again_and_again(outage.strike):
        for _ in range(20):
            with suppress(SQLAlchemyError, OSError):  # the sender's own loop logs it and looks again
                await house.program.sender.send_due()
    for _ in range(10):  # what broke off comes back when its time is over
        house.clock.goes(minutes=6)
        await house.work(free_stuck)
        await house.settle()
    assert await house.rows("SELECT state, count(*) FROM notification GROUP BY state") == [("sent", 40)]
    assert person.heard() == heard + 40
