"""A program at work over real HTTP: it takes updates, sends and fetches, and people are at the end of their form."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

from bot.assembly import Program
from bot.clock import system_clock
from db.vault import Vault
from sandbox.faults import Fault, FaultKind
from tests.crowd import Somebody, somebody
from tests.factories import DATA_KEY
from tests.glance import SqliteGlance
from tests.kills.aftermath import counted, near_the_end
from tests.over_http import Server, hooked, polled, the_bot
from usecases.demonstration import load_demonstration
from usecases.work import Work


class AtWork:
    """The program, its people, and the trouble that is asked for."""

    def __init__(self, server: Server, program: Program, people: list[Somebody]) -> None:
        self.server, self.program, self.people = server, program, people
        self.faults = server.telegram.faults

    async def work(self, step: Callable[[Work], Any]) -> Any:
        def run(session: Any) -> Any:
            return step(Work(session, system_clock(), Vault(DATA_KEY)))

        return await self.program.database.transaction(run)

    def fault(self, kind: FaultKind, method: str | None = None, **more: Any) -> Fault:
        return self.faults.add(Fault(kind, method, **more))

    def acknowledged(self) -> bool:
        """Whether Telegram keeps nothing for the bot any more."""
        return not self.server.telegram.updates.pending

    async def documents(self) -> Any:
        """How many there are in each state."""
        return await self.work(lambda work: counted(work, "SELECT state FROM document"))

    async def stored(self, files: int) -> None:
        """Wait until so many documents are fetched, and no other is on its way."""
        async with asyncio.timeout(10):
            while await self.documents() != {"stored": files}:
                await asyncio.sleep(0.05)


@asynccontextmanager
async def at_work(server: Server, folder: Path, port: int | None) -> AsyncIterator[AtWork]:
    """By webhook at this port, or by polling."""
    async with the_bot(server, folder) as program:
        glance = SqliteGlance(folder / "bot.db")
        people = [somebody(server.telegram, glance, number) for number in range(1, 4)]
        one = AtWork(server, program, people)
        await one.work(load_demonstration)
        await one.work(lambda work: near_the_end(work, people))
        taking: AbstractAsyncContextManager[Any] = hooked(program, port) if port else polled(program)
        async with beside(program.sender.run(), program.fetcher.run()), taking:
            yield one
        glance.close()


@asynccontextmanager
async def beside(*work: Any) -> AsyncIterator[None]:
    tasks = [asyncio.ensure_future(each) for each in work]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def shown(one: Somebody) -> list[str]:
    return [message.text for message in one.phone.chat.messages if message.from_bot]


async def at_the_paper(one: Somebody, paper: str = "Удостоверение") -> None:
    """From the form's last questions to the screen of that paper."""
    await one.ends_form()
    await one.phone.presses(paper)
