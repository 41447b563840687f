"""The attack: the program is killed at random moments while a crowd applies, or while notifications go out."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count, cycle
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import text

from bot.assembly import assemble
from bot.clock import system_clock
from bot.settings import load_settings
from domain.draft import position
from sandbox import webhook as delivery
from tests.crowd import Somebody, look, somebody
from tests.engines import Postgres
from tests.glance import Glance, glance_at
from tests.keeper import Keeper, a_keeper
from tests.over_http import Server, a_server, until
from tests.person import UNLIMITED
from usecases.drafts import open_draft
from usecases.meet_person import stored_person
from usecases.notify import free_stuck
from usecases.work import Work

Way = Callable[[Somebody], Awaitable[None]]
CROWD = 20
LEASES_OVER = timedelta(minutes=6)  # what a dead process had taken comes back after five
YOUNG = 0.1  # of the lives: their time runs from the fork, so some die while they start
LONGEST_START = 15.0  # seconds until a life has done something; with nothing left to do it is not waited for longer


@dataclass
class Attack:
    """People at one bot that dies, by the names of `lives` in turn; `chance` decides when."""

    server: Server
    keeper: Keeper
    glance: Glance
    chance: Random
    lives: tuple[str, ...]
    mean_life: float  # seconds
    crowd: list[Somebody] = field(default_factory=list)
    again: int = 0  # updates that were handled, but not acknowledged, when the program died
    repeated: int = 0  # screens shown although the same one was the last in the chat
    claimed: int = 0  # notifications that were on their way when the program died
    sent_again: int = 0  # of them, those that came twice
    died_serving: int = 0  # lives that took updates before they were killed
    died_at_work: int = 0  # lives that had handled an update, or sent something, before they were killed
    began: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self._life = cycle(self.lives)

    async def on_applications(self, kills: int, coming: Iterator[Somebody], way: Way) -> None:
        """Kill so many times while CROWD people go their way at once; who is done makes room for who comes next."""
        over = asyncio.Event()

        async def one_after_another() -> None:
            for one in coming:
                self.crowd.append(one)
                await way(one)
                if over.is_set():
                    return

        people = [asyncio.ensure_future(one_after_another()) for _ in range(CROWD)]
        killing = asyncio.ensure_future(self.kill(kills, self._nothing_confirmed_is_lost, self.glance.all_handled))
        killing.add_done_callback(lambda _killing: over.set())
        self.server.telegram.listeners.append(self._watch)
        try:
            await asyncio.gather(killing, *people)
        finally:
            self.server.telegram.listeners.remove(self._watch)
            for task in (killing, *people):
                task.cancel()
        await self.keeper.stop(killing.result())

    def newcomers(self) -> Iterator[Somebody]:
        """People without end, numbered from 1."""
        return (somebody(self.server.telegram, self.glance, number) for number in count(1))

    async def kill(self, times: int, look_at_the_dead: Callable[[Work], None], done: Callable[[], int]) -> int:
        """Live and die so many times, then live on; the number of that last life.

        `done`: how much the program has done so far. A life's time runs from its first deed, so that it dies at work.
        """
        for _ in range(times):
            before, served = done(), self.keeper.served()
            child = await self.keeper.start(next(self._life))
            if self.chance.random() >= YOUNG:
                with suppress(TimeoutError):
                    await until(lambda before=before: done() > before, LONGEST_START)  # type: ignore[misc]
            await asyncio.sleep(self.chance.expovariate(1 / self.mean_life))
            await self.keeper.kill(child)
            await self.glance.refresh()
            self.died_serving += self.keeper.served() - served
            self.died_at_work += done() > before
            self.again += sum(self.glance.handled(each.update_id) for each in self.server.telegram.updates.queue)
            await self.keeper.work(look_at_the_dead)
        return await self.keeper.start(next(self._life))

    def free_what_was_claimed(self, work: Work) -> None:
        """Between one life and the next those minutes pass after which a dead sender's rows come back."""
        later = Work(work.session, work.now + LEASES_OVER, work.vault)
        self.claimed += free_stuck(later)

    def _nothing_confirmed_is_lost(self, work: Work) -> None:
        """What the screens say is answered, is kept: looked at while the program is dead."""
        for one in self.crowd:
            confirmed = one.phone.confirmed
            person = stored_person(work, one.phone.account.id)
            draft = person and open_draft(work, person)
            if draft:
                kept, _of = position(draft.cursor, draft.answers, draft.competition.competition)
                assert kept > confirmed, f"{one.number}: the screen confirms {confirmed}, kept are {kept - 1}"
            elif confirmed:
                assert person
                assert applications_of(work, person.id) == 1, f"{one.number}: {confirmed} answers, and no draft"

    def _watch(self, event: dict[str, Any]) -> None:
        if event["type"] != "message" or not event["message"]["from"]["is_bot"]:
            return
        shown = [look(m) for m in self.server.telegram.chat(event["chat_id"]).messages if m.from_bot]
        self.repeated += shown[-2:-1] == shown[-1:]

    async def leases_end(self) -> None:
        """Six minutes later: what the dead had taken is taken again, notifications sent and documents fetched."""
        settings = load_settings(_env_file=self.keeper.folder / self.lives[0] / ".env")
        program = assemble(settings, limits=UNLIMITED, clock=lambda: system_clock() + LEASES_OVER)
        try:
            await program.transactions.run(free_stuck)
            while await program.fetcher.fetch_due(10) or await program.sender.send_due():
                pass
        finally:
            await program.bot.session.close()
            await program.database.close()


def applications_of(work: Work, person_id: int) -> int:
    statement = text("SELECT count(*) FROM application WHERE person_id = :id")
    return int(work.session.execute(statement, {"id": person_id}).scalar_one())


@asynccontextmanager
async def an_attack(
    folder: Path,
    lives: tuple[str, ...],
    port: int,
    postgres: Postgres | None = None,
    *,
    fast: bool,
    mean_life: float,
    seed: int,
) -> AsyncIterator[Attack]:
    """A bot to be killed, on SQLite or on this PostgreSQL; `lives`: "polling", "webhook", or both in turn."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(delivery, "LONGEST_PAUSE", 1.0)  # a Telegram that soon looks again whether the bot lives
        url = postgres.url if postgres else None
        async with a_server() as server, a_keeper(folder, fast=fast, database_url=url) as keeper:
            for name in lives:
                keeper.settle(name, server.url, port if name == "webhook" else None)
            async with glance_at(postgres or folder / "bot.db") as glance:
                yield Attack(server, keeper, glance, Random(seed), lives, mean_life)
