"""One update from its raw form to the end: handled, or set aside with its error.

Updates of one person are decided one at a time and in order, those of different people at once. An update that
keeps failing (or that aiogram's types cannot read: a kind newer than the library) is kept sealed in the
database and told to the person; nobody else waits for it. A fault of the machine (database locked, full or away)
uses up no tries: the update stays with Telegram and is tried until it succeeds (`bot/intake/machine.py`).

Telegram brings no more than a hundred updates while none of them is acknowledged: by polling the hundred from the
oldest such one on, by webhook a hundred at the same moment, to all processes together. So they are acknowledged once
answered, which loses no answer to a crash; but when many wait for their answers to be shown, the oldest as soon as
they have committed: nobody's queue may hold up everybody.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import structlog
from aiogram import Bot

from bot import detached
from bot.intake import machine
from bot.intake.line import LONGEST, InLine, Line
from bot.intake.machine import Languages, Machine
from bot.log import where
from bot.transactions import Transactions
from bot.turns import Turns
from db.machine_faults import machine_fault
from usecases.set_aside import set_aside

log = structlog.get_logger()
PAUSES = (0.0, 0.3, 1.0)  # seconds before each try
CROWD = 20  # not acknowledged by this process: from there on a commit is enough. Four processes stay below a hundred
BEHIND = 60  # by polling: so many updates after it, a commit is enough
LOOK_EVERY = 0.2  # seconds between looks whether the machine is still away
LAST_ANSWERS = 25.0  # seconds that answers may still take when the program stops


class TooSlow(Exception):
    """Deciding on an update, or showing the answer, took longer than LONGEST, and not for the machine's sake."""


@dataclass
class Intake:
    """Takes raw updates; `take` returns when the update needs no more care."""

    bot: Bot
    turns: Turns
    transactions: Transactions
    languages: Languages = field(default_factory=Languages)
    failed: int = 0  # updates set aside since the start
    polled: bool = False  # Telegram counts from the oldest that is not acknowledged
    _newest: int = 0
    _held: set[InLine] = field(default_factory=set)  # not released
    _lines: dict[int, Line] = field(default_factory=dict)
    _working: set[asyncio.Task[None]] = field(default_factory=set)
    _committed: dict[InLine, int] = field(default_factory=dict)  # but not released: by number, in this order
    _finished_by: float | None = None  # by the event loop's clock, once the program stops

    def __post_init__(self) -> None:
        self.machine = Machine("machine", self.bot, self.languages)

    def take(self, raw: dict[str, Any]) -> asyncio.Future[None]:
        """Handle one update. Once this is done it may be acknowledged: it is answered, or in a crowd committed."""
        key = sender(raw) or -int(raw["update_id"])
        line = self._lines.setdefault(key, Line())
        mine = InLine(line, partial(self._may_release, int(raw["update_id"])))
        self._newest = max(self._newest, int(raw["update_id"]))
        self._held.add(mine)
        line.length += 1
        work = detached.start(self._in_line(raw, key, mine), f"update {raw['update_id']}")
        self._working.add(work)
        work.add_done_callback(partial(self._ended, mine))
        mine.looks_again = _loop().call_later(machine.TELL_AFTER, self._tell_while_away, raw, mine)
        self._release_committed()
        return mine.released

    def _ended(self, mine: InLine, work: asyncio.Task[None]) -> None:
        self._working.discard(work)
        self._committed.pop(mine, None)
        self._held.discard(mine)
        mine.release(None if work.cancelled() else work.exception())

    def _may_release(self, number: int, mine: InLine) -> None:
        """It has committed: it is released at once in a crowd, else when it is answered or a crowd comes."""
        self._committed[mine] = number
        self._release_committed()

    def _release_committed(self) -> None:
        """As many as need be, so that Telegram goes on bringing updates; each may lose its answer to a crash."""
        for one, number in list(self._committed.items()):
            if self._newest - number > BEHIND if self.polled else len(self._held) > CROWD:
                del self._committed[one]
                self._held.discard(one)
                one.release()

    def _tell_while_away(self, raw: dict[str, Any], mine: InLine) -> None:
        if mine.committed or mine.released.done():
            return
        if self.machine.away and (mine.telling is None or mine.telling.done()):
            mine.telling = detached.start(self.machine.tell(raw), "machine away")
        mine.looks_again = _loop().call_later(LOOK_EVERY, self._tell_while_away, raw, mine)

    async def finish(self) -> None:
        """Wait for the answers that are still being shown, LAST_ANSWERS from the first call on.

        What waits for the machine is not waited for: it is not acknowledged and comes again after the next start.
        """
        self._finished_by = self._finished_by or _loop().time() + LAST_ANSWERS
        while (self._committed if self.machine.away else self._working) and _loop().time() < self._finished_by:
            await asyncio.wait(self._working, timeout=LOOK_EVERY, return_when=asyncio.FIRST_COMPLETED)

    async def _in_line(self, raw: dict[str, Any], key: int, mine: InLine) -> None:
        try:
            await mine.decide()
            await self._handle(raw, mine)
        finally:
            mine.leave()
            self._lines[key].length -= 1
            if not self._lines[key].length:
                del self._lines[key]

    async def _handle(self, raw: dict[str, Any], mine: InLine) -> None:
        tries = 0
        while True:
            try:
                await asyncio.sleep(PAUSES[tries])
                began = _loop().time()
                await self._once(raw, mine)
                return
            except Exception as error:
                if machine_fault(error):
                    await self._wait_for_machine(error, began)
                    continue
                tries += 1
                log.warning("update failed", update=raw["update_id"], attempt=tries, error=where(error))
                if tries >= len(PAUSES):
                    await self._set_aside(raw, error, tries)
                    return

    async def _once(self, raw: dict[str, Any], mine: InLine) -> None:
        """One try. TooSlow when it takes too long though the machine is well."""
        faults, began = self.machine.faults, _loop().time()
        limit = mine.limit = asyncio.timeout(LONGEST)
        try:
            async with limit:
                private = await self.turns.take(self.bot, raw)
        except TimeoutError as error:
            if faults == self.machine.faults and limit.expired():
                raise TooSlow from error
            raise
        finally:
            mine.limit = None
        if private:  # a group's chatter needs no database
            self.machine.works(began)

    async def _wait_for_machine(self, error: Exception, began: float) -> None:
        self.machine.failed(error, began)
        await asyncio.sleep(machine.PAUSE)

    async def _set_aside(self, raw: dict[str, Any], error: Exception, tries: int) -> None:
        """Keep the update for a look by a person, as soon as the machine can."""
        while True:
            began = _loop().time()
            try:
                await self.transactions.run(
                    set_aside, raw["update_id"], sender(raw), json.dumps(raw), where(error), tries
                )
                break
            except Exception as fault:
                await self._wait_for_machine(fault, began)
        self.machine.works(began)
        self.failed += 1
        log.error("update set aside", update=raw["update_id"], error=where(error))


def sender(raw: dict[str, Any]) -> int | None:
    """The Telegram id of whoever an update comes from, read without aiogram's types; None when nobody."""
    for content in raw.values():
        if isinstance(content, dict) and isinstance(user := content.get("from"), dict):
            return int(user["id"])
    return None


def _loop() -> asyncio.AbstractEventLoop:
    return asyncio.get_running_loop()
