"""The program itself while an announcement goes out (`bench.subjects announcing`), and what it sees of Telegram.

Beside it, one of each every half second, come a verdict on an application and an operator's reply, made by the use
cases as the office makes them, and sent by whichever process is first. What was seen stands in a file when the
announcement is over, or so many messages have been sent.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from itertools import count, cycle
from pathlib import Path
from time import perf_counter

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import TelegramMethod
from aiogram.methods.base import Response, TelegramType
from sqlalchemy import select

from bench.running import Measured
from bot import detached
from bot.assembly import Program, assemble
from bot.loop import run_in_loop, settle_memory
from bot.pace import Limits
from bot.run import run
from bot.settings import load_settings
from db import applications
from db.tables import NotificationRow
from domain.announcement import Stage
from domain.application import Role, State
from domain.notification import Lane, Outcome
from domain.ticket import Words
from usecases.announce import known
from usecases.change_application import change_application
from usecases.handle_ticket import answer
from usecases.meet_person import known_person
from usecases.ticket_words import Sent
from usecases.work import Work

PROBE_EVERY = 0.5  # seconds
TASK = "BENCH_ANNOUNCING"


@dataclass(frozen=True)
class Probed:
    """Somebody who gets verdicts and replies in turn."""

    chat: int
    application: int
    ticket: int
    operator: int  # the Telegram number


@dataclass(frozen=True)
class Task:
    """What one process is to do: allowed messages a second, the announcement, when to end, where to say what it saw."""

    rate: int
    announcement: int
    most: int  # messages sent, by this process
    path: str
    probed: tuple[Probed, ...] = ()

    def settings(self) -> dict[str, str]:
        """As an environment variable, which `Task.given` reads."""
        return {TASK: json.dumps(asdict(self))}

    @staticmethod
    def given(environment: Mapping[str, str]) -> Task:
        values = json.loads(environment[TASK])
        return Task(**values | {"probed": tuple(Probed(**one) for one in values["probed"])})


@dataclass
class Seen:
    """Of Telegram's answers, by the machine's monotonic clock; `memory`: MB, the most."""

    sent: list[tuple[float, int]] = field(default_factory=list)  # when, to which chat
    refused: list[float] = field(default_factory=list)
    owed: list[tuple[float, int, str]] = field(default_factory=list)  # when it was committed, to whom, in which lane
    memory: float = 0.0
    step: str = ""  # of the pace, in the end

    @staticmethod
    def read(path: str) -> Seen:
        return Seen(**json.loads(Path(path).read_text()))


@dataclass(frozen=True)
class _Noting(BaseRequestMiddleware):
    """When messages were answered, and when one was refused."""

    seen: Seen

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        try:
            answered = await make_request(bot, method)
        except TelegramRetryAfter:
            self.seen.refused.append(perf_counter())
            raise
        if chat := getattr(method, "chat_id", 0):
            self.seen.sent.append((perf_counter(), int(chat)))
        return answered


def announcing() -> None:
    """Run until the task is done."""
    task, seen = Task.given(os.environ), Seen()

    async def main() -> None:
        program = assemble(load_settings(_env_file=None), limits=Limits(permits=task.rate))
        program.bot.session.middleware(_Noting(seen))
        settle_memory()

        def begin() -> None:
            detached.start(_beside(program, task, seen), "verdicts and replies")

        await run(program, ready=begin)
        seen.step = program.sender.pace.earliness.step.name

    run_in_loop(main())
    Path(task.path).write_text(json.dumps(asdict(seen)))


async def _beside(program: Program, task: Task, seen: Seen) -> None:
    """Until it is over: verdicts and replies to people who get no announcement. Then the program is told to stop."""
    myself, turns, turn = Measured(os.getpid()), cycle(task.probed), count(1)
    while len(seen.sent) < task.most and not await program.transactions.run(_over, task.announcement):
        seen.memory = max(seen.memory, myself.memory)
        for lane, owe in _OWED.items():
            one = next(turns)
            await program.transactions.run(owe, one, next(turn))
            seen.owed.append((perf_counter(), one.chat, lane.name.lower()))
        await asyncio.sleep(PROBE_EVERY)
    while await program.transactions.run(_somebody_waits):
        await asyncio.sleep(PROBE_EVERY)
    os.kill(os.getpid(), signal.SIGTERM)


def _over(work: Work, announcement: int) -> bool:
    return known(work, announcement).stage is Stage.DONE


def _somebody_waits(work: Work) -> bool:
    row = NotificationRow
    waiting = (row.lane.in_(_OWED), row.state.in_((Outcome.DUE, Outcome.SENDING)))
    return work.session.execute(select(row.id).where(*waiting).limit(1)).first() is not None


def _verdict(work: Work, one: Probed, _turn: int) -> None:
    """Returned for mending; if it was before, it has been mended meanwhile."""
    found = applications.find(work.session, one.application)
    if found and found.state is State.RETURNED:
        change_application(work, one.application, State.TECHNICAL_SELECTION, Role.APPLICANT)
    change_application(work, one.application, State.RETURNED, Role.ORGANISER)


def _reply(work: Work, one: Probed, turn: int) -> None:
    answer(work, known_person(work, one.operator), one.ticket, Sent(turn, Words(f"№{turn}")))


_OWED = {Lane.RECEIPT: _verdict, Lane.REPLY: _reply}
